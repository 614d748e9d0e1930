import type { Bundle } from "../bundle.ts";
import { readIfPresent } from "./atomic-file.ts";
import { OperationError } from "./errors.ts";

/** Position of CAP_CHOWN among Linux's capabilities. */
const CAP_CHOWN = 0n;

/** Whether this process may give files to other users: on Linux who has the capability for it, elsewhere root. */
async function mayGiveFiles(): Promise<boolean> {
  const capabilities = /^CapEff:\s*([0-9a-f]+)$/m.exec((await readIfPresent("/proc/self/status")) ?? "")?.[1];
  return capabilities === undefined ? process.geteuid?.() === 0 : ((BigInt(`0x${capabilities}`) >> CAP_CHOWN) & 1n) === 1n;
}

/** Fails when the bundle has files for users other than the one who runs this, who may not give any away. */
export async function refuseWithoutPrivilege({ pki, secrets }: Bundle): Promise<void> {
  const owners = new Set([...pki, ...secrets].flatMap(({ owner }) => (owner === null || owner === process.geteuid?.() ? [] : [owner])));
  if (owners.size === 0 || (await mayGiveFiles())) return;
  throw new OperationError(
    `Keys and passwords belong to the daemons' numeric users (${[...owners].toSorted((a, b) => a - b).join(", ")}), and only root may ` +
      `give files to other users: this is user ${process.geteuid?.()}. Run the command as root, for example with sudo. Nothing was written.`,
  );
}
