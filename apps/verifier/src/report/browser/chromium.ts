import { execa } from "execa";

/** Debian's package, and where it puts the browser. */
const PACKAGE = "chromium";
export const CHROMIUM = "/usr/bin/chromium";

/** Nothing but the page: no requests of the browser's own, no GPU, no sandbox (it refuses root). */
export const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;

async function versionOf(browser: string): Promise<string | null> {
  const { exitCode, stdout } = await execa(browser, ["--version"], { reject: false });
  return exitCode === 0 ? stdout.trim() : null;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function hasApt(): Promise<boolean> {
  return (await execa("apt-get", ["--version"], { reject: false })).exitCode === 0;
}

async function install(): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const options = { env, stdin: "ignore", all: true } as const;
  console.log(`${CHROMIUM} is missing: apt-get install ${PACKAGE}`);
  await execa("apt-get", ["--quiet", "update"], options);
  await execa("apt-get", ["--quiet", "--yes", "--no-install-recommends", "install", PACKAGE], options);
}

/**
 * Makes sure that there is a browser, and gives its version. Installs Debian's package where that is possible; throws,
 * with what to do, where it is not.
 */
export async function ensureChromium(): Promise<string> {
  const found = await versionOf(CHROMIUM);
  if (found !== null) return found;
  if (!isRoot() || !(await hasApt())) {
    const why = isRoot() ? "this machine has no apt-get" : "only root can install it";
    throw new Error(
      `${CHROMIUM} is missing, and ${why}. Install Chromium so that ${CHROMIUM} starts it (Debian: apt-get install ${PACKAGE}).`,
    );
  }
  await install();
  const installed = await versionOf(CHROMIUM);
  if (installed === null) throw new Error(`${CHROMIUM} does not start after apt-get install ${PACKAGE}`);
  return installed;
}
