import { once } from "node:events";
import { type Socket, createServer } from "node:net";
import type { Subprocess } from "execa";
import type { BundleMember } from "./bundle.ts";
import type { Looks, Relay } from "./looks.ts";

/** A program that passes its standard input to the other side, and what comes from there to its standard output. */
type Carrier = Pick<Subprocess, "stdin" | "stdout" | "kill">;

/** Listens on the loopback; each connection has a program of its own that carries it. */
export async function openRelay(start: () => Carrier): Promise<Relay> {
  const open = new Map<Socket, Carrier>();
  const server = createServer((socket) => {
    const carrier = start();
    open.set(socket, carrier);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      open.delete(socket);
      carrier.stdin?.end();
    });
    carrier.stdin?.on("error", () => undefined);
    if (carrier.stdin) socket.pipe(carrier.stdin);
    carrier.stdout?.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a relay listens on no port");
  const close = () => {
    server.close();
    for (const [socket, carrier] of open) {
      socket.destroy();
      carrier.kill();
    }
  };
  return { port: address.port, close };
}

/** Works with a connection to a host and port as they are seen from a member; `work` gets the port of this machine that leads there. */
export async function withRelay<Value>(
  cluster: Looks,
  { from, host = "localhost", port }: { readonly from: BundleMember; readonly host?: string; readonly port: number },
  work: (port: number) => Promise<Value>,
): Promise<Value> {
  const relay = await cluster.relay(from, host, port);
  try {
    return await work(relay.port);
  } finally {
    relay.close();
  }
}
