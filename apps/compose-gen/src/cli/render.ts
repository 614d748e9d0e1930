import { type Register, TOPOLOGY_FILE, examples, formatOption, renewOption } from "./registration.ts";

export const registerRender: Register = (program, done) => {
  program
    .command("render")
    .description("write the bundle: configuration, images, certificates, passwords that are still missing")
    .argument("<file>", TOPOLOGY_FILE)
    .requiredOption("--out <folder>", "the bundle's folder; its .env overrides the topology")
    .option("--force", "overwrite rendered files that were changed by hand", false)
    .option("--no-generate", "refuse blank passwords instead of generating them")
    .addOption(renewOption())
    .addOption(formatOption())
    .addHelpText(
      "after",
      examples(
        "compose-gen render topology.yaml --out clusters/first",
        "compose-gen render topology.yaml --out clusters/first --renew expiring",
        "compose-gen render - --out clusters/first --no-generate --format json < topology.yaml",
      ),
    )
    .action(async (file: string, _, command) => {
      const { render } = await import("../commands/render.ts");
      done(await render(file, command.optsWithGlobals()));
    });
};
