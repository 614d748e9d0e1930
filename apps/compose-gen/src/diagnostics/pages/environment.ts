import type { EnvironmentCode } from "@matriarch/topology";
import type { Page } from "../page.ts";

const COMPOSE = "docker compose manual, Interpolation, .env file";

/** What a line of the environment file can say wrong. The findings never quote a value: it may be a password. */
export const ENVIRONMENT_PAGES: Readonly<Record<EnvironmentCode, Page>> = {
  "environment-syntax": {
    severity: ["error"],
    cause: "A line of the environment file is neither `NAME=value` nor a comment, or its quotes do not close.",
    why: "Each reader of such files makes something else of it; a password would differ between the daemon and its client.",
    source: COMPOSE,
    remedy: "Write `NAME='value'`; inside single quotes only `\\'` is special. Comments start with `#` on a line of their own.",
  },
  "environment-control-character": {
    severity: ["error"],
    cause: "A value holds a control character, or another one that cannot be printed.",
    why: "It cannot be written into every daemon's file, and nobody sees it when it is wrong. It comes along when a password is copied from elsewhere.",
    source: "YAML 1.2.2, 5.1, and the grammars of haproxy.cfg, pgbouncer.ini and postgresql.conf",
    remedy: "Use printable characters only; in single quotes a backslash is a backslash.",
  },
  "environment-expansion": {
    severity: ["error"],
    cause: "A value holds a `$` outside single quotes.",
    why: "docker compose would replace what follows by a variable, usually by nothing.",
    source: COMPOSE,
    remedy: "Put the value in single quotes: there a dollar is a dollar.",
  },
  "environment-duplicate": {
    severity: ["error"],
    cause: "A variable has a value twice.",
    why: "The last one would win, and whoever changes the first wonders why nothing happens.",
    source: COMPOSE,
    remedy: "Keep one of the two lines.",
  },
};
