import { mkdir, readFile, statfs } from "node:fs/promises";
import { connect } from "node:net";
import { availableParallelism, freemem } from "node:os";
import type { Found } from "../machine/needs.ts";
import { ask } from "./machine.ts";

/** Milliseconds for somebody on this machine to take a connection. */
const ANSWER = 2000;

interface Port {
  readonly host: string;
  readonly port: number;
}

/** Whether somebody takes connections there. */
async function answers({ host, port }: Port): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: host === "0.0.0.0" ? "127.0.0.1" : host, port, timeout: ANSWER });
  socket.once("connect", () => resolve(true));
  socket.once("timeout", () => resolve(false));
  socket.once("error", () => resolve(false));
  const isThere = await promise;
  socket.destroy();
  return isThere;
}

/** Bytes that a program may still have without anybody else losing any; what is free, where the kernel does not tell. */
async function availableMemory(): Promise<number> {
  const text = await readFile("/proc/meminfo", "utf8").catch(() => "");
  const kibibytes = /^MemAvailable: +(\d+)/m.exec(text)?.[1];
  return kibibytes === undefined ? freemem() : Number(kibibytes) * 1024;
}

async function freeIn(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function toldBy(...words: readonly string[]): Promise<string | null> {
  const { exitCode, stdout } = await ask("docker", ...words);
  return exitCode === 0 && stdout !== "" ? stdout : null;
}

/** Looks what this machine has for a cluster with these ports, and for reports in a folder. */
export async function lookForNeeds(ports: readonly Port[], reports: string): Promise<Found> {
  const root = await toldBy("info", "--format", "{{.DockerRootDir}}");
  const answering = await Promise.all(ports.map(async (port) => ((await answers(port)) ? [port.port] : [])));
  const engineRoom = root === null ? [] : [{ what: "the engine", folder: root, free: await freeIn(root).catch(() => 0) }];
  return {
    processors: availableParallelism(),
    available: await availableMemory(),
    room: [{ what: "reports", folder: reports, free: await freeIn(reports) }, ...engineRoom],
    engine: await toldBy("version", "--format", "{{.Server.Version}}"),
    compose: await toldBy("compose", "version", "--short"),
    ports: { all: ports.map(({ port }) => port), answering: answering.flat() },
  };
}
