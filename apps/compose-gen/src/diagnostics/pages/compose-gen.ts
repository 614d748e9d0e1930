import type { ComposeGenCode } from "../codes.ts";
import type { Page } from "../page.ts";

/** What the bundle itself needs. */
export const COMPOSE_GEN_PAGES: Readonly<Record<ComposeGenCode, Page>> = {
  "missing-secret": {
    severity: ["error", "info"],
    cause: "The environment file has no value for a password.",
    why: "`render` makes one up and keeps it there, so `check` only tells of it. With `--no-generate` it is an error: the passwords are to come from somewhere else, and one of them did not.",
    source: "the bundle's `.env.example`, which says what each password is for",
    remedy: "Set it in the environment file, or leave out `--no-generate`.",
  },
  "secret-too-long": {
    severity: ["error"],
    cause: "A password is longer than its daemon takes.",
    why: "etcd keeps passwords as bcrypt hashes, which end at 72 bytes; PgBouncer leaves out a user whose password has more than 2047. The daemon would refuse the right password.",
    source: "golang.org/x/crypto/bcrypt, `GenerateFromPassword`; PgBouncer, `MAX_PASSWORD`",
    remedy: "Choose a shorter one: 32 random characters are more than anybody can guess.",
  },
};
