import { type CompletedCommand, type CompletedOption, type CompletionModel, type Expected, functionName, optionsAfter } from "./model.ts";
import { quote } from "./quote.ts";

/** Text inside a specification, where colons and brackets have a meaning. */
function escape(text: string): string {
  return text.replaceAll(/[\\:[\]]/g, String.raw`\$&`);
}

function action(expected: Expected): string {
  switch (expected.kind) {
    case "file":
      return "_files";
    case "folder":
      return "_files -/";
    case "choice":
      return `(${expected.choices.join(" ")})`;
    case "text":
      return " ";
  }
}

function optionSpecs({ names, description, value }: CompletedOption): string[] {
  const excluded = names.length > 1 ? `(${names.join(" ")})` : "";
  const tail = value === null ? "" : `:${value.kind}:${action(value)}`;
  return names.map((name) => {
    const takes = value !== null && name.startsWith("--") ? "=" : "";
    return quote(`${excluded}${name}${takes}[${escape(description)}]${tail}`);
  });
}

function commandCase(command: CompletedCommand, model: CompletionModel): string {
  const { name, argument } = command;
  const specs = [
    ...optionsAfter(command, model).flatMap(optionSpecs),
    ...(argument === null ? [] : [quote(`1:${argument.kind}:${action(argument)}`)]),
  ];
  return `        ${name})\n          _arguments -s${["", ...specs].join(" \\\n            ")} ;;`;
}

/** A completion script for zsh: a file `_<program>` on the `fpath`, or to be sourced after `compinit`. */
export function renderZsh(model: CompletionModel): string {
  const name = functionName(model.program);
  const described = model.commands.map((command) => quote(`${escape(command.name)}:${escape(command.description)}`));
  return `#compdef ${model.program}
# Completion of ${model.program} for zsh, after compinit:
#   source <(${model.program} completion zsh)
${name}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
    ${described.join("\n    ")}
  )
  _arguments -C -s \\
    ${[...model.options.flatMap(optionSpecs), quote("1:command:->command"), quote("*::argument:->argument")].join(" \\\n    ")}
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
${model.commands.map((command) => commandCase(command, model)).join("\n")}
      esac ;;
  esac
}
if [[ $funcstack[1] == ${name} ]]; then
  ${name} "$@"
else
  compdef ${name} ${model.program}
fi
`;
}
