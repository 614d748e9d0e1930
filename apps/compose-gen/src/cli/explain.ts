import { type Register, examples, formatOption } from "./registration.ts";

export const registerExplain: Register = (program, done) => {
  program
    .command("explain")
    .description("say what a finding means, why it matters and what to do; without a code, list them all")
    .argument("[code]", "the code of a finding, as `check` prints it")
    .addOption(formatOption())
    .addHelpText(
      "after",
      examples(
        "compose-gen explain timing-exceeds-ttl",
        "compose-gen explain | grep certificate",
        "compose-gen explain --format json | jq -r '.[].code'",
      ),
    )
    .action(async (code: string | undefined, _, command) => {
      const { explain } = await import("../commands/explain.ts");
      done(explain(code, command.optsWithGlobals()));
    });
};
