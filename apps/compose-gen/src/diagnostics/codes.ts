import { PKI_CODES, type PkiCode } from "@matriarch/pki";
import { ENVIRONMENT_CODES, type EnvironmentCode, TOPOLOGY_CODES, type TopologyCode } from "@matriarch/topology";
import { CHANGE_CODES, type ChangeCode } from "../change/codes.ts";
import { type DaemonCode, PACKAGES } from "../packages.ts";
import { PASSWORD_CODES, type PasswordCode } from "../passwords/codes.ts";

/** Every code that can be reported. */
export type DiagnosticCode = TopologyCode | EnvironmentCode | PkiCode | DaemonCode | PasswordCode | ChangeCode;

/** The codes of one package, under the title that they have in the documentation. */
export interface CodeGroup {
  readonly title: string;
  readonly codes: readonly DiagnosticCode[];
}

export const CODE_GROUPS: readonly CodeGroup[] = [
  { title: "The topology", codes: TOPOLOGY_CODES },
  { title: "The environment file", codes: ENVIRONMENT_CODES },
  { title: "Certificates", codes: PKI_CODES },
  ...PACKAGES.map(({ title, codes }): CodeGroup => ({ title, codes })),
  { title: "Passwords", codes: PASSWORD_CODES },
  { title: "Changes", codes: CHANGE_CODES },
];

export const DIAGNOSTIC_CODES: readonly DiagnosticCode[] = CODE_GROUPS.flatMap(({ codes }) => codes);
