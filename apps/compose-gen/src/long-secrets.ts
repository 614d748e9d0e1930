import { type Diagnostic, type Secrets, type Topology, secretsOf } from "@matriarch/topology";
import type { COMPOSE_GEN_CODES } from "./missing-secrets.ts";

const CODE: (typeof COMPOSE_GEN_CODES)[number] = "secret-too-long";

interface Limit {
  /** In UTF-8. */
  readonly bytes: number;
  readonly because: string;
}

const BCRYPT: Limit = { bytes: 72, because: "etcd keeps passwords as bcrypt hashes, which take no more" };

/** Passwords that their daemon would refuse; the others may have any length that a person would type. */
const LIMITS: Readonly<Record<string, Limit>> = {
  ETCD_ROOT_PASSWORD: BCRYPT,
  ETCD_PATRONI_PASSWORD: BCRYPT,
  PGBOUNCER_ADMIN_PASSWORD: { bytes: 2047, because: "PgBouncer leaves out a user whose password is longer" },
};

/** A finding for each password that is longer than its daemon takes. Never quotes it. */
export function longSecrets(topology: Topology, values: Secrets, file: string): Diagnostic[] {
  return secretsOf(topology).flatMap(({ variable }): Diagnostic[] => {
    const limit = LIMITS[variable];
    const bytes = Buffer.byteLength(values[variable] ?? "");
    if (limit === undefined || bytes <= limit.bytes) return [];
    const message = `${variable} has ${bytes} bytes, and may have ${limit.bytes}: ${limit.because}.`;
    return [{ code: CODE, severity: "error", path: [], message, hint: `Choose a shorter one in ${file}.`, file, line: 1, column: 1 }];
  });
}
