import { execa } from "execa";
import type { PacketRule } from "./cluster.ts";

/** All rules of the verifier are in a chain of their own: taking it away takes them all away. */
const CHAIN = "MATRIARCH";
const HOOKS = ["INPUT", "OUTPUT"] as const;

/** iptables in the network of a process of this machine: the member's own programs have no right to do this. */
async function iptables(process: number, args: readonly string[]): Promise<number> {
  const { exitCode } = await execa("nsenter", ["--net", "--target", String(process), "iptables", "--wait", ...args], { reject: false });
  return exitCode ?? -1;
}

async function iptablesOrThrow(process: number, args: readonly string[]): Promise<void> {
  const exitCode = await iptables(process, args);
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

const chainOf = (direction: PacketRule["direction"]) => `${CHAIN}-${direction}`;

export async function unblockPackets(process: number): Promise<void> {
  for (const [at, direction] of (["in", "out"] as const).entries()) {
    const hook = HOOKS[at] ?? "INPUT";
    // Each fails where there is nothing to take away.
    await iptables(process, ["-D", hook, "-j", chainOf(direction)]);
    await iptables(process, ["-F", chainOf(direction)]);
    await iptables(process, ["-X", chainOf(direction)]);
  }
}

/** Drops what the rules match, and nothing else that was dropped before. Throws when the kernel refuses. */
export async function blockPackets(process: number, rules: readonly PacketRule[]): Promise<void> {
  await unblockPackets(process);
  for (const [at, direction] of (["in", "out"] as const).entries()) {
    await iptablesOrThrow(process, ["-N", chainOf(direction)]);
    for (const rule of rules.filter((candidate) => candidate.direction === direction)) {
      for (const match of matchesOf(rule)) await iptablesOrThrow(process, ["-A", chainOf(direction), ...match, "-j", "DROP"]);
    }
    await iptablesOrThrow(process, ["-I", HOOKS[at] ?? "INPUT", "1", "-j", chainOf(direction)]);
  }
}
