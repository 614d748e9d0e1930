import { execa } from "execa";

/** This machine, on which the members' disks and networks are. */
export interface Machine {
  /** Told each command that changes something. */
  readonly tell: (command: string) => void;
}

/** A word as a shell reads it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export interface Told {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program that changes nothing. Never throws on its exit code. */
export async function ask(program: string, ...args: readonly string[]): Promise<Told> {
  const { exitCode, stdout, stderr } = await execa(program, args, { reject: false, stdin: "ignore", timeout: 120_000 });
  return { exitCode: exitCode ?? -1, stdout, stderr };
}

/** Runs a program that changes something, and gives how it ended. */
export async function attempt({ tell }: Machine, program: string, ...args: readonly string[]): Promise<Told> {
  tell([program, ...args.map(shellWord)].join(" "));
  return ask(program, ...args);
}

/** The same; throws when it fails. */
export async function change(machine: Machine, program: string, ...args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await attempt(machine, program, ...args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr || `exit code ${exitCode}`}`);
}

/** Why this machine cannot do something that takes the rights of root and a few programs; `null` when it has all that. */
export async function lacksPrograms(programs: readonly string[]): Promise<string | null> {
  if (process.getuid?.() !== 0) return "it takes root";
  const found = await Promise.all(programs.map(async (program) => (await ask("sh", "-c", `command -v ${program}`)).exitCode === 0));
  const missing = programs.filter((_, position) => !found[position]);
  return missing.length === 0 ? null : `this machine has no ${missing.join(", no ")}`;
}
