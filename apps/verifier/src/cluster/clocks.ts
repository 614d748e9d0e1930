import { existsSync } from "node:fs";
import { glob, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { change, type Machine } from "./machine.ts";

/** A member of a compose project whose clock is to be moved: by a library between its programs and the C library. */
export interface Clock extends Machine {
  readonly project: { readonly directory: string; readonly name: string };
  readonly service: string;
  /** Seconds since 1970, as the member's programs see it. */
  readonly now: () => Promise<number>;
}

/** Where Debian's package has it, for programs with threads. */
const LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1";
const INSIDE = "/run/matriarch-clock";
/** How far apart clocks of one machine seem to be, by the time that it takes to ask. */
const TOLERANCE = 5;

async function library(): Promise<string | null> {
  for await (const file of glob(LIBRARY)) return file;
  return null;
}

export async function lacksClocks(): Promise<string | null> {
  return (await library()) === null ? "this machine has no libfaketime (Debian: apt-get install libfaketime)" : null;
}

/** Outside the bundle, which belongs to whoever rendered it. */
function folderOf({ project, service }: Clock): string {
  return path.join(tmpdir(), `matriarch-clock-${project.name}-${service}`);
}

/** Writes a file, and tells how a person would. */
async function write({ tell }: Clock, file: string, text: string): Promise<void> {
  tell(`mkdir -p ${path.dirname(file)} && cat > ${file} <<'END'\n${text}END`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

const offsetIn = (folder: string) => path.join(folder, "offset", "seconds");

function compose({ project, service, ...machine }: Clock, ...overrides: readonly string[]): Promise<void> {
  const base = path.join(project.directory, "rendered/current/compose.yaml");
  const files = [base, ...overrides].flatMap((file) => ["--file", file]);
  const words = ["compose", "--project-directory", project.directory, ...files];
  return change(machine, "docker", ...words, "up", "--detach", "--no-build", "--no-deps", service);
}

/** Makes the container anew with the library in it. */
export async function loosen(clock: Clock): Promise<void> {
  const folder = folderOf(clock);
  const file = await library();
  if (file === null) throw new Error("there is no libfaketime");
  await write(clock, offsetIn(folder), "+0\n");
  const override = path.join(folder, "compose.yaml");
  const mount = (source: string, target: string) => ({ type: "bind", source, target, read_only: true });
  const service = {
    environment: {
      LD_PRELOAD: `${INSIDE}/library.so`,
      FAKETIME_TIMESTAMP_FILE: `${INSIDE}/offset/seconds`,
      FAKETIME_CACHE_DURATION: "1",
      // A clock that is set does not move the one by which intervals are measured, nor the times of files.
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      NO_FAKE_STAT: "1",
    },
    volumes: [mount(file, `${INSIDE}/library.so`), mount(path.dirname(offsetIn(folder)), `${INSIDE}/offset`)],
  };
  await write(clock, override, stringify({ services: { [clock.service]: service } }));
  await compose(clock, override);
}

/** Makes the container anew as the bundle has it. Where it was never made otherwise, nothing is done. */
export async function fasten(clock: Clock): Promise<void> {
  const folder = folderOf(clock);
  if (!existsSync(folder)) return;
  await compose(clock);
  await change(clock, "rm", "-r", folder);
}

function set(clock: Clock, seconds: number): Promise<void> {
  return change(clock, "sh", "-c", `echo ${seconds < 0 ? "" : "+"}${seconds} > ${offsetIn(folderOf(clock))}`);
}

/** Moves the clock, and looks whether it has moved. */
export async function shift(clock: Clock, seconds: number): Promise<void> {
  await set(clock, seconds);
  const moved = (await clock.now()) - Date.now() / 1000;
  if (!(Math.abs(moved - seconds) <= TOLERANCE))
    throw new Error(`the clock of ${clock.service} moved by ${moved.toFixed(0)} s, not ${seconds} s`);
}

/** Moves the clock back; a clock that was never loosened is right. A member that does not run finds it so when it starts. */
export async function reset(clock: Clock): Promise<void> {
  if (existsSync(offsetIn(folderOf(clock)))) await set(clock, 0);
}
