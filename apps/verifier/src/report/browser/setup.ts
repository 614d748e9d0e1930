import { ensureChromium } from "./chromium.ts";

/** Before the suite: a browser, whatever was on the machine. */
export default async function setup(): Promise<void> {
  console.log(await ensureChromium());
}
