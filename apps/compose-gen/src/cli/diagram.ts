import { type Register, TOPOLOGY_FILE, examples } from "./registration.ts";

export const registerDiagram: Register = (program, done) => {
  program
    .command("diagram")
    .description("print the cluster as a Mermaid flow chart")
    .argument("<file>", TOPOLOGY_FILE)
    .option("--env <file>", "environment file whose values override the topology")
    .addHelpText("after", examples("compose-gen diagram topology.yaml > topology.mmd"))
    .action(async (file: string, _, command) => {
      const { diagram } = await import("../commands/diagram.ts");
      done(await diagram(file, command.optsWithGlobals()));
    });
};
