import { type Register, TOPOLOGY_FILE, examples, formatOption, renewOption } from "./registration.ts";

export const registerDiff: Register = (program, done) => {
  program
    .command("diff")
    .description("say what rendering would change, as a unified diff; writes nothing and shows no secret")
    .argument("<file>", TOPOLOGY_FILE)
    .requiredOption("--out <folder>", "the bundle's folder; its .env overrides the topology")
    .addOption(renewOption())
    .addOption(formatOption())
    .addHelpText(
      "after",
      `
Exit codes: 0 the bundle is what the topology gives, 1 it is not (or the topology has errors), 2 it broke.
--quiet prints nothing but errors in the topology; --verbose prints all findings first.
${examples(
  "compose-gen diff topology.yaml --out clusters/first",
  "compose-gen diff topology.yaml --out clusters/first --quiet || echo drift",
  "compose-gen diff topology.yaml --out clusters/first --format json | jq '.changes[].path'",
)}`,
    )
    .action(async (file: string, _, command) => {
      const { diff } = await import("../commands/diff.ts");
      done(await diff(file, command.optsWithGlobals()));
    });
};
