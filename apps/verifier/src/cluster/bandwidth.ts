import { ask, change, lacksPrograms } from "./machine.ts";
import type { Namespace } from "./packets.ts";

/** Packets that wait to be sent are dropped after this time, so that senders notice. */
const PATIENCE = "400ms";
/** Bytes that may be sent at once: no less than a packet with the kernel's segmentation. */
const BURST = "64kb";

const inside = ({ process }: Namespace) => ["--net", "--target", String(process)];

/** The interfaces of a network, without the loopback. */
async function interfacesOf(namespace: Namespace): Promise<string[]> {
  const { stdout } = await ask("nsenter", ...inside(namespace), "ip", "-brief", "link");
  const names = stdout.split("\n").map((line) => line.split(/[ @]/)[0] ?? "");
  return names.filter((name) => name !== "" && name !== "lo");
}

/** Why this machine cannot slow a network down; `null` when it can. Tried in a network of its own. */
export async function lacksBandwidth(): Promise<string | null> {
  const missing = await lacksPrograms(["tc", "ip", "nsenter", "unshare"]);
  if (missing !== null) return missing;
  const { exitCode } = await ask("unshare", "--net", "tc", ...qdisc("add", "lo", 1_000_000));
  return exitCode === 0 ? null : "the kernel has no token bucket (sch_tbf)";
}

function qdisc(action: "add" | "replace", name: string, bitsPerSecond: number): string[] {
  return ["qdisc", action, "dev", name, "root", "tbf", "rate", `${bitsPerSecond}bit`, "burst", BURST, "latency", PATIENCE];
}

/** Sends no faster than that, on each interface. */
export async function throttlePackets(namespace: Namespace, bitsPerSecond: number): Promise<void> {
  for (const name of await interfacesOf(namespace)) {
    await change(namespace, "nsenter", ...inside(namespace), "tc", ...qdisc("replace", name, bitsPerSecond));
  }
}

/** Sends as fast as it can. */
export async function unthrottlePackets(namespace: Namespace): Promise<void> {
  for (const name of await interfacesOf(namespace)) {
    const { stdout } = await ask("nsenter", ...inside(namespace), "tc", "qdisc", "show", "dev", name);
    if (!stdout.includes("tbf")) continue;
    await change(namespace, "nsenter", ...inside(namespace), "tc", "qdisc", "delete", "dev", name, "root");
  }
}
