import type { Finding, Secret, Secrets } from "@matriarch/topology";
import type { PasswordCode } from "./codes.ts";

/**
 * What is said of a password that the environment file leaves blank. `fill`: nothing, it will be generated.
 * `tell`: that it will be. `refuse`: that it must not be.
 */
export type BlankSecrets = "fill" | "tell" | "refuse";

/** A finding for each password without a value. */
export function missingSecrets(secrets: readonly Secret[], values: Secrets, blanks: BlankSecrets): Finding<PasswordCode>[] {
  if (blanks === "fill") return [];
  const refused = blanks === "refuse";
  return secrets
    .filter(({ variable }) => (values[variable] ?? "") === "")
    .map(({ variable, purpose }) => ({
      code: "missing-secret",
      severity: refused ? "error" : "info",
      path: [],
      variable,
      message: `${variable} has no value: the password for ${purpose}.`,
      hint: refused ? "Set it there, or let it be generated." : `"render" generates one and keeps it there.`,
    }));
}
