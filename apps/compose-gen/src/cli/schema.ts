import { type Register, examples } from "./registration.ts";

export const registerSchema: Register = (program, done) => {
  program
    .command("schema")
    .description("print the JSON Schema of a topology, for editors")
    .addHelpText("after", examples("compose-gen schema > topology.schema.json"))
    .action(async () => {
      const { schema } = await import("../commands/schema.ts");
      done(schema());
    });
};
