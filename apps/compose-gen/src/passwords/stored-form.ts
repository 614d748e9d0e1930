import type { Finding, Secret, Secrets } from "@matriarch/topology";
import type { PasswordCode } from "./codes.ts";

/** Base64 of 32 bytes: the two keys of SCRAM-SHA-256. */
const KEY = "[A-Za-z0-9+/]{43}=";

/** What PostgreSQL's `get_password_type` (src/backend/libpq/crypt.c), and PgBouncer's function of the same name, take for a stored password. */
const STORED_FORMS: readonly { readonly called: string; readonly form: RegExp }[] = [
  { called: "an MD5 hash", form: /^md5[0-9a-f]{32}$/u },
  { called: "a SCRAM verifier", form: new RegExp(String.raw`^SCRAM-SHA-256\$[ \t]*[+-]?\d+:[A-Za-z0-9+/]+={0,2}\$${KEY}:${KEY}$`, "u") },
];

/** A finding for each password that its daemon would take for a stored one, so that nobody could log in with it. Never quotes it. */
export function secretsTakenForHashes(secrets: readonly Secret[], values: Secrets): Finding<PasswordCode>[] {
  return secrets.flatMap(({ variable, purpose, mayBeStoredForm }): Finding<PasswordCode>[] => {
    const stored = mayBeStoredForm ? STORED_FORMS.find(({ form }) => form.test(values[variable] ?? "")) : undefined;
    if (stored === undefined) return [];
    return [
      {
        code: "secret-taken-for-hash",
        severity: "error",
        path: [],
        variable,
        message: `${variable} has the form of ${stored.called}: ${purpose} would be stored as if it were one, and the text itself would open nothing.`,
        hint: "Write the password itself; it is stored as a SCRAM verifier all the same.",
      },
    ];
  });
}
