import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { exampleText } from "@matriarch/topology/testing";
import { MAIN } from "./program.ts";

/** A small cluster, and what it is changed to: members go and come, a database with its role and password comes. */
export const SMALL = exampleText("minimal");
export const CHANGED = `${SMALL.replace("  proxy: [haproxy, pgbouncer]\n", "  balancer: [haproxy]\n  pooler: [pgbouncer]\n")}
databases: { shop: { owner: shop } }
roles: { shop: {} }
`;

export interface Ending {
  /** `null`: ended by a signal. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RenderingOptions {
  readonly args?: readonly string[];
  /** Numeric user that it runs as; default: who runs the test. */
  readonly user?: number;
  /** A module that is loaded before the program's own code, and what it reads from the environment. */
  readonly preload?: { readonly module: string; readonly env: Readonly<Record<string, string>> };
}

/** Runs the program that users run, with this topology on its standard input, to its end. */
export async function render(topology: string, out: string, { args = [], user, preload }: RenderingOptions = {}): Promise<Ending> {
  const identity = user === undefined ? {} : { uid: user, gid: user };
  const loaded = preload === undefined ? [] : ["--import", preload.module];
  const child = spawn(process.execPath, [...loaded, MAIN, "render", "-", "--out", out, ...args], {
    ...identity,
    env: { ...process.env, ...preload?.env },
  });
  const status = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  // One that ends without reading its input is judged by its status.
  child.stdin.on("error", () => undefined);
  child.stdin.end(topology);
  const [code, stdout, stderr] = await Promise.all([status, text(child.stdout), text(child.stderr)]);
  return { status: code, stdout, stderr };
}
