import { describe, expect, test } from "vitest";
import { DEFAULTS } from "./answers.ts";
import { gatherAnswers } from "./gather.ts";

/** Somebody who answers with these lines and then goes away; `prompts` is what was asked. */
function answering(...lines: readonly string[]) {
  const prompts: string[] = [];
  const ask = (prompt: string): Promise<string | undefined> => {
    prompts.push(prompt);
    return Promise.resolve(lines[prompts.length - 1]);
  };
  return { prompts, ask };
}

describe("answers", () => {
  test("are the defaults where nobody can be asked", async () => {
    expect(await gatherAnswers({}, null)).toEqual(DEFAULTS);
  });

  test("are taken from somebody line by line; an empty one takes the default, spaces around it mean nothing", async () => {
    const { prompts, ask } = answering(" shop ", "berlin, paris", "", "quorum", "fast", "no");
    expect(await gatherAnswers({}, ask)).toEqual({
      cluster: "shop",
      datacenters: ["berlin", "paris"],
      layout: "compact",
      replication: "quorum",
      timing: "fast",
      clientCertificates: false,
    });
    expect(prompts[0]).toBe("Name of the cluster [first]: ");
    expect(prompts[2]).toMatch(/^Nodes:\n {2}compact {7}three with .*\n.*\n.*\n\[compact\]: $/);
  });

  test("are asked for again until they mean something, with what is wrong", async () => {
    const { prompts, ask } = answering("My Shop", "shop", "a, a", "a b c d", "Berlin", "a", "big", "compact", "", "", "maybe", "yes");
    expect(await gatherAnswers({}, ask)).toEqual({ ...DEFAULTS, cluster: "shop", datacenters: ["a"] });
    const complaints = prompts.flatMap((prompt) => /^(".*|\d .*)\n/.exec(prompt)?.[1] ?? []);
    expect(complaints).toEqual([
      '"My Shop" is no name for a cluster: lower-case letters, digits and hyphens, starting with a letter.',
      '"a" is there twice.',
      "4 datacenters are more than the 3 nodes of PostgreSQL that this starts with; add others in the file.",
      '"Berlin" holds no names of datacenters: lower-case letters, digits and hyphens, separated by commas.',
      '"big" is not one of: compact, redundant, separate.',
      '"maybe" is not one of: yes, no.',
    ]);
  });

  test("that are given as options are not asked for", async () => {
    const { prompts, ask } = answering("", "", "");
    const given = { cluster: "shop", layout: "separate", clientCertificates: "no" };
    expect(await gatherAnswers(given, ask)).toEqual({ ...DEFAULTS, cluster: "shop", layout: "separate", clientCertificates: false });
    expect(prompts).toHaveLength(3);
  });

  test("are not made up when somebody goes away", async () => {
    await expect(gatherAnswers({}, answering("shop").ask)).rejects.toThrow("The questions were not answered; nothing was written.");
  });

  test("that mean nothing are refused, by the name of their option", async () => {
    await expect(gatherAnswers({ cluster: "Shop" }, null)).rejects.toThrow('--cluster: "Shop" is no name for a cluster');
    await expect(gatherAnswers({ clientCertificates: "maybe" }, null)).rejects.toThrow('--client-certificates: "maybe" is not one of');
  });
});
