import { execa } from "execa";
import type { PacketRule } from "./harms.ts";

/** All rules of the verifier are in a chain of their own: taking it away takes them all away. */
const CHAIN = "MATRIARCH";

/** The network of a process of this machine: a member's own programs have no right to change it. */
export interface Namespace {
  readonly process: number;
  /** Told each command that changes it. */
  readonly tell: (command: string) => void;
}

async function iptables({ process }: Namespace, args: readonly string[]): Promise<number> {
  const { exitCode } = await execa("nsenter", ["--net", "--target", String(process), "iptables", "--wait", ...args], { reject: false });
  return exitCode ?? -1;
}

async function change(namespace: Namespace, args: readonly string[]): Promise<void> {
  namespace.tell(`nsenter --net --target ${namespace.process} iptables ${args.join(" ")}`);
  const exitCode = await iptables(namespace, args);
  if (exitCode !== 0) throw new Error(`iptables ${args.join(" ")}: exit code ${exitCode}`);
}

/** What iptables matches for a rule, in the chain that sees both directions. A port matches on either side. */
export function matchesOf({ direction, peer, port, share }: PacketRule): string[][] {
  const network = direction === "in" ? ["!", "-i", "lo"] : ["!", "-o", "lo"];
  const address = peer === undefined ? [] : [direction === "in" ? "-s" : "-d", peer];
  const chance = share === undefined ? [] : ["-m", "statistic", "--mode", "random", "--probability", String(share)];
  const ports =
    port === undefined
      ? [[]]
      : [
          ["--sport", String(port)],
          ["--dport", String(port)],
        ];
  return ports.map((which) => [...network, ...address, ...(which.length > 0 ? ["-p", "tcp", ...which] : []), ...chance]);
}

const DIRECTIONS = { in: "INPUT", out: "OUTPUT" } as const;
const chainOf = (direction: PacketRule["direction"]) => `${CHAIN}-${direction}`;

/** Drops nothing any more. */
export async function unblockPackets(namespace: Namespace): Promise<void> {
  for (const [direction, hook] of Object.entries(DIRECTIONS) as [PacketRule["direction"], string][]) {
    // Each fails where there is nothing to take away.
    await iptables(namespace, ["-D", hook, "-j", chainOf(direction)]);
    await iptables(namespace, ["-F", chainOf(direction)]);
    await iptables(namespace, ["-X", chainOf(direction)]);
  }
}

/** Drops what the rules match, in place of what was dropped before. Throws when the kernel refuses. */
export async function blockPackets(namespace: Namespace, rules: readonly PacketRule[]): Promise<void> {
  await unblockPackets(namespace);
  for (const [direction, hook] of Object.entries(DIRECTIONS) as [PacketRule["direction"], string][]) {
    const chain = chainOf(direction);
    await change(namespace, ["-N", chain]);
    for (const rule of rules.filter((candidate) => candidate.direction === direction)) {
      for (const match of matchesOf(rule)) await change(namespace, ["-A", chain, ...match, "-j", "DROP"]);
    }
    await change(namespace, ["-I", hook, "1", "-j", chain]);
  }
}
