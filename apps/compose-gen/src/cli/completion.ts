import { Argument } from "commander";
import { SHELLS, type Shell } from "../completion/shells.ts";
import { type Register, examples } from "./registration.ts";

export const registerCompletion: Register = (program, done) => {
  program
    .command("completion")
    .description("print a completion script for a shell")
    .addArgument(new Argument("<shell>", "which").choices(SHELLS))
    .addHelpText(
      "after",
      examples(
        "source <(compose-gen completion bash)     # in ~/.bashrc",
        "source <(compose-gen completion zsh)      # in ~/.zshrc, after compinit",
        "compose-gen completion fish | source      # in ~/.config/fish/config.fish",
      ),
    )
    .action(async (shell: Shell) => {
      const { completion } = await import("../commands/completion.ts");
      done(completion(shell, program));
    });
};
