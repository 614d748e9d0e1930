import { type Finding, type Secrets, type Topology, secretsOf } from "@matriarch/topology";
import type { PasswordCode } from "./codes.ts";
import { longSecrets } from "./long.ts";
import { type BlankSecrets, missingSecrets } from "./missing.ts";
import { secretsTakenForHashes } from "./stored-form.ts";
import { weakSecrets } from "./weak.ts";

/** Everything that is wrong with the passwords of the environment file. Each finding names its variable and never quotes a value. */
export function judgePasswords(topology: Topology, values: Secrets, blanks: BlankSecrets): Finding<PasswordCode>[] {
  const secrets = secretsOf(topology);
  return [
    ...missingSecrets(secrets, values, blanks),
    ...longSecrets(secrets, values),
    ...secretsTakenForHashes(secrets, values),
    ...weakSecrets(secrets, values),
  ];
}
