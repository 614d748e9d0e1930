import { type CompletedCommand, type CompletedOption, type CompletionModel, type Expected, optionsAfter } from "./model.ts";

/** A word between single quotes, in which fish reads two escapes. */
function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}

function candidates(expected: Expected): string {
  switch (expected.kind) {
    case "file":
      return "-rF";
    case "folder":
      return "-xa '(__fish_complete_directories)'";
    case "choice":
      return `-xa ${quote(expected.choices.join(" "))}`;
    case "text":
      return "-x";
  }
}

function flag(name: string): string {
  return name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`;
}

function optionLine(start: string, { names, description, value }: CompletedOption): string {
  return [start, ...names.map(flag), ...(value === null ? [] : [candidates(value)]), `-d ${quote(description)}`].join(" ");
}

/** Without `-r` or `-x`: the argument of a command, not of an option. */
function argumentLine(start: string, argument: Expected | null): string[] {
  switch (argument?.kind) {
    case "file":
      return [`${start} -F`];
    case "folder":
      return [`${start} -a '(__fish_complete_directories)'`];
    case "choice":
      return [`${start} -a ${quote(argument.choices.join(" "))}`];
    case "text":
    case undefined:
      return [];
  }
}

function commandLines(command: CompletedCommand, model: CompletionModel): string[] {
  const start = `complete -c ${model.program} -n ${quote(`__fish_seen_subcommand_from ${command.name}`)}`;
  return [...optionsAfter(command, model).map((option) => optionLine(start, option)), ...argumentLine(start, command.argument)];
}

/** A completion script for fish. */
export function renderFish(model: CompletionModel): string {
  const start = `complete -c ${model.program}`;
  const atFirst = `${start} -n __fish_use_subcommand`;
  const lines = [
    `# Completion of ${model.program} for fish:`,
    `#   ${model.program} completion fish | source`,
    `${start} -f`,
    ...model.commands.map(({ name, description }) => `${atFirst} -a ${name} -d ${quote(description)}`),
    ...model.options.map((option) => optionLine(atFirst, option)),
    ...model.commands.flatMap((command) => commandLines(command, model)),
  ];
  return `${lines.join("\n")}\n`;
}
