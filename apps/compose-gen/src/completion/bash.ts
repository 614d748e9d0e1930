import { type CompletedCommand, type CompletionModel, type Expected, functionName, optionsAfter } from "./model.ts";
import { quote } from "./quote.ts";

/** Answers with words that `compgen` prints, a line each: a file's name may hold spaces. */
function reply(generator: string): string {
  return `mapfile -t COMPREPLY < <(compgen ${generator} -- "$cur")`;
}

function complete(expected: Expected | null): string {
  switch (expected?.kind) {
    case "file":
      return `compopt -o filenames 2> /dev/null; ${reply("-f")}`;
    case "folder":
      return `compopt -o filenames 2> /dev/null; ${reply("-d")}`;
    case "choice":
      return reply(`-W ${quote(expected.choices.join(" "))}`);
    case "text":
    case undefined:
      return ":";
  }
}

function valueCases(command: CompletedCommand, model: CompletionModel): string[] {
  return optionsAfter(command, model).flatMap(({ names, value }) =>
    value === null ? [] : [`    ${names.map((name) => quote(`${command.name} ${name}`)).join(" | ")}) ${complete(value)}; return ;;`],
  );
}

function words(names: readonly string[]): string {
  return reply(`-W ${quote(names.join(" "))}`);
}

function commandCase(command: CompletedCommand, model: CompletionModel): string {
  const options = optionsAfter(command, model).flatMap(({ names }) => names);
  return `    ${command.name})
      if [[ $cur == -* ]]; then ${words(options)}; else ${complete(command.argument)}; fi ;;`;
}

/** A completion script for bash, 4 and later. */
export function renderBash(model: CompletionModel): string {
  const name = functionName(model.program);
  const first = [...model.commands.map((command) => command.name), ...model.options.flatMap(({ names }) => names)];
  return `# Completion of ${model.program} for bash:
#   source <(${model.program} completion bash)
${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' index
  COMPREPLY=()
  # bash splits --option=value into three words.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    if [[ \${COMP_WORDS[index]} != -* ]]; then
      command=\${COMP_WORDS[index]}
      break
    fi
  done
  case "$command $prev" in
${model.commands.flatMap((command) => valueCases(command, model)).join("\n")}
  esac
  case "$command" in
    '') ${words(first)} ;;
${model.commands.map((command) => commandCase(command, model)).join("\n")}
  esac
}
complete -F ${name} ${model.program}
`;
}
