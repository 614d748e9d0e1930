import { type Diagnostic, type Secrets, type Topology, secretsOf } from "@matriarch/topology";

/** Codes that compose-gen itself reports. */
export const COMPOSE_GEN_CODES = ["missing-secret", "secret-too-long"] as const;

/**
 * What is said of a password that the environment file leaves blank. `fill`: nothing, it will be generated.
 * `tell`: that it will be. `refuse`: that it must not be.
 */
export type BlankSecrets = "fill" | "tell" | "refuse";

/** A finding for each password without a value. */
export function missingSecrets(topology: Topology, values: Secrets, file: string, blanks: BlankSecrets): Diagnostic[] {
  if (blanks === "fill") return [];
  const refused = blanks === "refuse";
  return secretsOf(topology)
    .filter(({ variable }) => (values[variable] ?? "") === "")
    .map(({ variable, purpose }) => ({
      code: COMPOSE_GEN_CODES[0],
      severity: refused ? "error" : "info",
      path: [],
      message: `${variable} has no value: the password for ${purpose}.`,
      hint: refused ? `Set it in ${file}, or let it be generated.` : `"render" generates one and keeps it there.`,
      file,
      line: 1,
      column: 1,
    }));
}
