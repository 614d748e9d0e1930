/** Shells for which there is a completion script. Apart from the scripts, which the command line must not load. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];
