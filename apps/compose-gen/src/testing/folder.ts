import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test as plainTest } from "vitest";

/** A test with an empty folder of its own, which goes when the test has ended. */
export const test = plainTest.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads what a fixture needs from this very pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "matriarch-"));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});
