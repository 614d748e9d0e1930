import { Option } from "commander";
import { LAYOUTS, REPLICATION_MODES, TIMINGS } from "../init/answers.ts";
import { type Register, examples } from "./registration.ts";

export const registerInit: Register = (program, done) => {
  program
    .command("init")
    .description("write a starter topology: asks at a terminal, takes options and defaults elsewhere")
    .argument("[file]", "where to write it, never over an existing file; - prints it", "topology.yaml")
    .option("--cluster <name>", "name of the cluster")
    .option("--datacenters <names>", "one to three, the main one first, separated by commas")
    .addOption(new Option("--layout <layout>", "three nodes and a proxy; two proxies; etcd on nodes of its own").choices(LAYOUTS))
    .addOption(new Option("--replication <mode>", "whether a commit waits for a standby").choices(REPLICATION_MODES))
    .addOption(new Option("--timing <preset>", "how soon a lost host is replaced").choices(TIMINGS))
    .addOption(new Option("--client-certificates <answer>", "whether clients must present one").choices(["yes", "no"]))
    .option("-y, --yes", "ask nothing: take the defaults for what no option says")
    .addHelpText(
      "after",
      `
--quiet does not say what was taken by default and written where.
${examples(
  "compose-gen init",
  "compose-gen init shop.yaml --cluster shop --datacenters berlin,paris --layout redundant --yes",
  "compose-gen init - --cluster shop | compose-gen check -",
)}`,
    )
    .action(async (file: string, _, command) => {
      const { init } = await import("../commands/init.ts");
      done(await init(file, command.optsWithGlobals()));
    });
};
