import path from "node:path";
import { type Bundle, LEDGER_FILE, type SecretOverlay } from "../bundle.ts";
import { FACTS_FILE } from "../change/facts.ts";
import { type FileToWrite, type StagedFile, makeFolder, readIfPresent, stageNew, stageReplacement } from "./atomic-file.ts";
import { realPathOf } from "./leftovers.ts";
import { APPLIED } from "./stored-generation.ts";

/** Passwords: where `.env` is a link, the file that it leads to. */
async function stageEnvironment(directory: string, content: string): Promise<StagedFile | undefined> {
  return stageReplacement({ path: await realPathOf(path.join(directory, ".env")), content, mode: 0o600, owner: null });
}

/** A key that is already there was meant to be kept: creating it again fails rather than destroys it. */
function stagePki(directory: string, { pki }: Bundle): (() => Promise<StagedFile | undefined>)[] {
  return pki.map((file) => {
    const target = { ...file, path: path.join(directory, "pki", file.path) };
    return () => (file.mode === 0o600 ? stageNew(target) : stageReplacement(target));
  });
}

/** What a daemon still has in force is kept once: rendered twice in between, the first one stays. */
async function stageBefore(file: FileToWrite & Pick<SecretOverlay, "keepsBefore">): Promise<StagedFile | undefined> {
  const before = `${file.path}.before`;
  const present = file.keepsBefore ? await readIfPresent(file.path) : undefined;
  if (present === undefined || present === file.content || (await readIfPresent(before)) !== undefined) return undefined;
  return stageNew({ ...file, path: before, content: present });
}

/** What members were given, before anything names them; and what an older version applied, before its generation goes. */
async function stageGiven(directory: string, { ledger, adopted }: Bundle): Promise<(StagedFile | undefined)[]> {
  const own = { mode: 0o644, owner: null } as const;
  return [
    await stageReplacement({ ...own, path: path.join(directory, LEDGER_FILE), content: ledger }),
    adopted === null ? undefined : await stageReplacement({ ...own, path: path.join(directory, APPLIED, FACTS_FILE), content: adopted }),
  ];
}

/**
 * Stages what is made once and kept, in the order in which to put it in its place: passwords before what is made of them,
 * then keys and certificates in the order of the bundle. Killed between any two, the next render goes on from there.
 */
export async function stageKept(directory: string, bundle: Bundle): Promise<StagedFile[]> {
  const staged = [await stageEnvironment(directory, bundle.environment), ...(await stageGiven(directory, bundle))];
  for (const stage of stagePki(directory, bundle)) staged.push(await stage());
  await makeFolder(path.join(directory, "secrets"), 0o700);
  for (const secret of bundle.secrets) {
    const file = { ...secret, path: path.join(directory, "secrets", secret.path) };
    staged.push(await stageBefore(file), await stageReplacement(file));
  }
  return staged.filter((file) => file !== undefined);
}
