/** 0: every claim holds. 1: one does not. 2: one could not be judged, or something broke. */
export type ExitCode = 0 | 1 | 2;
