import type { Argument, Command, Option } from "commander";

/** What may stand where a value is expected; `text`: nothing that a shell could know. */
export type Expected = { readonly kind: "file" | "folder" | "text" } | { readonly kind: "choice"; readonly choices: readonly string[] };

export interface CompletedOption {
  /** `--quiet`, or `-q` and `--quiet`: with their hyphens. */
  readonly names: readonly string[];
  readonly description: string;
  /** `null`: it takes no value. */
  readonly value: Expected | null;
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** What its argument is; `null`: it takes none. */
  readonly argument: Expected | null;
}

/** A command line as a shell completes it. */
export interface CompletionModel {
  readonly program: string;
  /** Options of the program itself: they may stand after each command as well. */
  readonly options: readonly CompletedOption[];
  readonly commands: readonly CompletedCommand[];
}

/** The word in the brackets tells what it is: `<file>`, `<folder>`. */
function expectedAt(placeholder: string, choices: readonly string[] | undefined): Expected {
  if (choices !== undefined) return { kind: "choice", choices };
  return { kind: placeholder === "file" || placeholder === "folder" ? placeholder : "text" };
}

function readOption({ short, long, description, flags, required, optional, argChoices }: Option): CompletedOption {
  const placeholder = /[<[]([a-z]+)/.exec(flags)?.[1] ?? "";
  return {
    names: [short, long].filter((name) => name != null),
    description,
    value: required || optional ? expectedAt(placeholder, argChoices) : null,
  };
}

function readArgument(argument: Argument | undefined, commands: readonly string[]): Expected | null {
  if (argument === undefined) return null;
  return argument.name() === "command" ? { kind: "choice", choices: commands } : expectedAt(argument.name(), argument.argChoices);
}

function readOptions(command: Command): CompletedOption[] {
  return command.createHelp().visibleOptions(command).map(readOption);
}

/** Reads commands, options and what they take from the tree that parses them. Of several arguments only the first is completed. */
export function completionModel(program: Command): CompletionModel {
  const commands = program.createHelp().visibleCommands(program);
  const names = commands.map((command) => command.name());
  return {
    program: program.name(),
    options: readOptions(program),
    commands: commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      options: readOptions(command),
      argument: readArgument(command.registeredArguments[0], names),
    })),
  };
}

/** Options that may stand after a command, its own first; each once. */
export function optionsAfter(command: CompletedCommand, model: CompletionModel): CompletedOption[] {
  const own = new Set(command.options.flatMap(({ names }) => names));
  return [...command.options, ...model.options.filter(({ names }) => !names.some((name) => own.has(name)))];
}

/** Name of the function that completes a program. */
export function functionName(program: string): string {
  return `_${program.replaceAll(/[^A-Za-z0-9]/g, "_")}`;
}
