import { type Finding, type Secret, SECRETS, type Secrets } from "@matriarch/topology";
import type { PasswordCode } from "./codes.ts";

interface Limit {
  /** In UTF-8. */
  readonly bytes: number;
  readonly because: string;
}

const BCRYPT: Limit = { bytes: 72, because: "etcd keeps passwords as bcrypt hashes, which take no more" };

/** Passwords that their daemon would refuse; the others may have any length that a person would type. */
const LIMITS: Readonly<Record<string, Limit>> = {
  [SECRETS.etcdRoot.variable]: BCRYPT,
  [SECRETS.etcdPatroni.variable]: BCRYPT,
  [SECRETS.poolerConsole.variable]: { bytes: 2047, because: "PgBouncer leaves out a user whose password is longer" },
};

/** A finding for each password that is longer than its daemon takes. Never quotes it. */
export function longSecrets(secrets: readonly Secret[], values: Secrets): Finding<PasswordCode>[] {
  return secrets.flatMap(({ variable }): Finding<PasswordCode>[] => {
    const limit = LIMITS[variable];
    const bytes = Buffer.byteLength(values[variable] ?? "");
    if (limit === undefined || bytes <= limit.bytes) return [];
    const message = `${variable} has ${bytes} bytes, and may have ${limit.bytes}: ${limit.because}.`;
    return [{ code: "secret-too-long", severity: "error", path: [], variable, message, hint: "Choose a shorter one." }];
  });
}
