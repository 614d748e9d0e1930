/** 0: fine. 1: there are findings of severity error, or what the command looks for. 2: it broke, or was called wrongly. */
export type ExitCode = 0 | 1 | 2;
