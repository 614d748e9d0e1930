import type { BundleMember } from "./bundle.ts";
import type { Looks } from "./looks.ts";

/** A process of a member, as the kernel tells of it. */
export interface Process {
  readonly id: number;
  readonly parent: number;
  /** One letter: R runs, S sleeps, Z is dead and waits to be reaped. */
  readonly state: string;
  /** Real, effective, saved and file system user. */
  readonly users: readonly number[];
  /** All sets together, as a bit mask: what it has, may take, may pass on. */
  readonly capabilities: bigint;
  readonly noNewPrivileges: boolean;
  /** Whether a filter of system calls is in force. */
  readonly filtered: boolean;
  readonly arguments: string;
  /** `null`: its own user cannot read it. */
  readonly environment: string | null;
}

/** Every process but this very look: status, arguments and environment, each in one word. */
const LOOK = `for process in /proc/[0-9]*; do
  id=\${process#/proc/}
  [ "$id" != $$ ] || continue
  status=$(base64 -w 0 "$process/status" 2>/dev/null) || continue
  environment=$(base64 -w 0 "$process/environ" 2>/dev/null) || environment=-
  echo "$id" "$status" "$(base64 -w 0 "$process/cmdline" 2>/dev/null)." "$environment."
done`;

function decode(word: string): string {
  return Buffer.from(word.replace(/\.$/, ""), "base64").toString().replaceAll("\0", " ");
}

function processIn(line: string): Process {
  const [id = "", status = "", command = "", environment = ""] = line.split(" ");
  const fields = new Map(
    decode(status)
      .split("\n")
      .map((field): [string, string] => [field.split(":")[0] ?? "", field.split(":\t")[1] ?? ""]),
  );
  const field = (name: string) => fields.get(name) ?? "";
  const sets = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"];
  return {
    id: Number(id),
    parent: Number(field("PPid")),
    state: field("State").charAt(0),
    users: field("Uid").split("\t").map(Number),
    capabilities: sets.reduce((all, name) => all | BigInt(`0x${field(name)}`), 0n),
    noNewPrivileges: field("NoNewPrivs") === "1",
    filtered: field("Seccomp") === "2",
    arguments: decode(command),
    environment: environment === "-." ? null : decode(environment),
  };
}

/** How the engine enters a member, for a moment, before it becomes the program that was asked for. */
const ENTERING = /^runc init /;

/** The processes of a member, without those that look or are about to. Throws when it cannot be asked. */
export async function processesOf(cluster: Looks, member: BundleMember): Promise<Process[]> {
  const { exitCode, stdout, stderr } = await cluster.run(member, ["sh", "-c", LOOK]);
  if (exitCode !== 0) throw new Error(`${member.name}: ${stderr}`);
  return stdout
    .split("\n")
    .map(processIn)
    .filter(({ arguments: command }) => !ENTERING.test(command));
}
