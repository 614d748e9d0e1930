import type { PasswordCode } from "../../passwords/codes.ts";
import type { Page } from "../page.ts";

/** What the passwords of the environment file can say wrong. */
export const PASSWORD_PAGES: Readonly<Record<PasswordCode, Page>> = {
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
  "secret-taken-for-hash": {
    severity: ["error"],
    cause: "A password has the form in which PostgreSQL stores passwords: `md5` and 32 hexadecimal digits, or a whole SCRAM verifier.",
    why: "PostgreSQL and PgBouncer take such a text for what is stored already. The password that belongs to it is another one, which is not in the file: the role exists, and nobody gets in.",
    source: "PostgreSQL, src/backend/libpq/crypt.c, `get_password_type`; PgBouncer, src/scram.c, the function of the same name",
    remedy:
      "Write the password itself. Where only the stored form is known, as after a move from another cluster, choose a new password here and at the clients.",
  },
  "weak-secret": {
    severity: ["warning"],
    cause: "A password is short, is the name of its user, or repeats a few characters.",
    why: "Whoever reaches a published port can try passwords at any speed that the network allows; TLS does not slow that down. A single letter or the name itself is what is tried first.",
    source: "PostgreSQL, contrib/passwordcheck; NIST SP 800-63B, 5.1.1",
    remedy: "Choose at least 12 characters, or leave the value blank: `render` generates one of 32.",
  },
};
