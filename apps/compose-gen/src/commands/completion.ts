import type { Command } from "commander";
import { renderBash } from "../completion/bash.ts";
import { renderFish } from "../completion/fish.ts";
import { type CompletionModel, completionModel } from "../completion/model.ts";
import type { Shell } from "../completion/shells.ts";
import { renderZsh } from "../completion/zsh.ts";
import type { ExitCode } from "../exit-code.ts";
import { print } from "./output.ts";

const SCRIPTS: Record<Shell, (model: CompletionModel) => string> = { bash: renderBash, zsh: renderZsh, fish: renderFish };

/** Prints the completion script of a shell, made from the very commands that the program parses. */
export function completion(shell: Shell, program: Command): ExitCode {
  print(SCRIPTS[shell](completionModel(program)));
  return 0;
}
