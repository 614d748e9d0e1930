import { InvalidArgumentError } from "commander";
import { type Register, examples, formatOption } from "./registration.ts";

function parseDays(text: string): number {
  if (!/^[0-9]{1,5}$/.test(text)) throw new InvalidArgumentError("It must be a number of days, like 30.");
  return Number(text);
}

export const registerCerts: Register = (program, done) => {
  program
    .command("certs")
    .description("list the certificates of a bundle, the first to end first, with what is wrong with them")
    .argument("<folder>", "the bundle's folder")
    .option("--within <days>", "exit with 1 where one has less than so many days left", parseDays)
    .addOption(formatOption())
    .addHelpText(
      "after",
      `
Exit codes: 0 all is well, 1 one has a problem or ends within --within, 2 it broke.
--quiet lists only those; --verbose also where there are copies.
${examples("compose-gen certs clusters/first", "compose-gen certs clusters/first --within 30 --quiet", "compose-gen certs clusters/first --format json | jq '.certificates[] | {path, daysLeft}'")}`,
    )
    .action(async (folder: string, _, command) => {
      const { certs } = await import("../commands/certs.ts");
      done(await certs(folder, command.optsWithGlobals()));
    });
};
