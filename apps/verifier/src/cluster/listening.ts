import type { BundleMember } from "./bundle.ts";
import type { Looks } from "./looks.ts";

/** How the kernel marks a socket that waits for connections. */
const LISTENS = "0A";

/** Addresses of the loopback, as the kernel writes them. */
const LOOPBACK = /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F)$/;

/** The ports of TCP at which a member takes connections that do not come from itself, sorted. Throws when it cannot be asked. */
export async function listeningPorts(cluster: Looks, member: BundleMember): Promise<number[]> {
  const { exitCode, stdout, stderr } = await cluster.run(member, ["sh", "-c", "cat /proc/net/tcp; cat /proc/net/tcp6 2>/dev/null || true"]);
  if (exitCode !== 0) throw new Error(`${member.name}: ${stderr}`);
  const ports = stdout.split("\n").flatMap((line) => {
    const [, local = "", , state] = line.trim().split(/\s+/);
    const [address = "", port = ""] = local.split(":");
    return state === LISTENS && !LOOPBACK.test(address) ? [Number.parseInt(port, 16)] : [];
  });
  return [...new Set(ports)].toSorted((a, b) => a - b);
}

/**
 * Tries every address and port for two seconds, and prints those that answered. A dozen at a time: a member may run no more
 * than some dozens of processes, and whoever could not be started would look like a port that does not answer.
 */
const DIAL = `printf '%s\\n' "$@" | xargs -P 12 -n 1 timeout 2 bash -c 'exec 3<>"/dev/tcp/\${0%:*}/\${0##*:}" && echo "$0"' 2>/dev/null`;

/** Which of these `address:port` take a connection from a member. */
export async function reachableFrom(cluster: Looks, from: BundleMember, targets: readonly string[]): Promise<string[]> {
  const { stdout } = await cluster.run(from, ["bash", "-c", DIAL, "dial", ...targets]);
  return stdout.split("\n").filter((line) => targets.includes(line));
}
