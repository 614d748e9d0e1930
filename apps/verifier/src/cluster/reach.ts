import { once } from "node:events";
import { createConnection } from "node:net";
import { networkInterfaces } from "node:os";

/** Milliseconds: the machine itself answers at once. */
const PATIENCE = 1000;

/** This machine's IPv4 addresses but for the loopback, sorted. */
export function outerAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address)
    .toSorted();
}

/** Whether somebody takes a connection there. */
export async function isReached(host: string, port: number): Promise<boolean> {
  const socket = createConnection({ host, port });
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
