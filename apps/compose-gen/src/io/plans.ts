import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type StagedFile, makeFolder, stageReplacement } from "./atomic-file.ts";

/** Folder of the plans, each with the name of the generation that it puts in force: whichever is in force finds its own. */
export const PLANS = "plans";

/** Stages the plan of a generation. */
export async function stagePlan(directory: string, generation: string, content: string): Promise<StagedFile[]> {
  await makeFolder(path.join(directory, PLANS));
  const staged = await stageReplacement({ path: path.join(directory, PLANS, generation), content, mode: 0o644, owner: null });
  return staged === undefined ? [] : [staged];
}

/** Removes every plan but that of the generation in force. */
export async function removeOtherPlans(directory: string, generation: string): Promise<void> {
  for (const name of await readdir(path.join(directory, PLANS))) {
    if (name !== generation) await rm(path.join(directory, PLANS, name), { force: true });
  }
}
