import { type Register, TOPOLOGY_FILE, examples, formatOption } from "./registration.ts";

export const registerCheck: Register = (program, done) => {
  program
    .command("check")
    .description("say everything that is wrong with a topology, and which outages to expect of it")
    .argument("<file>", TOPOLOGY_FILE)
    .option("--env <file>", "environment file whose values override the topology")
    .addOption(formatOption())
    .addHelpText(
      "after",
      examples(
        "compose-gen check topology.yaml",
        "compose-gen check topology.yaml --env clusters/first/.env",
        "compose-gen check - --format json < topology.yaml",
      ),
    )
    .action(async (file: string, _, command) => {
      const { check } = await import("../commands/check.ts");
      done(await check(file, command.optsWithGlobals()));
    });
};
