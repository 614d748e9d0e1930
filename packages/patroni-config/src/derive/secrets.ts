import { SECRETS, type Secrets, secretValue, SERVICE_USERS, SYSTEM_ROLES, type Topology } from "@matriarch/topology";
import { DCS_KINDS } from "../settings/dcs.ts";

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The part of patroni.yml that is secret. */
export interface PatroniOverlay {
  readonly restapi: { readonly authentication: Credentials };
  readonly ctl: { readonly authentication: Credentials };
  readonly etcd3?: Credentials;
}

/**
 * The UTF-8 bytes of a text, each as the character of the same number. Patroni's server compares the password as UTF-8,
 * but its client (urllib3's make_headers) encodes it as Latin-1 and fails beyond it: given this text it sends the bytes
 * that the server expects. ASCII stays as it is.
 */
export function utf8AsLatin1(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Credentials of Patroni's REST API, for its server and its clients, and of the DCS. */
export function derivePatroniOverlay(topology: Topology, secrets: Secrets): PatroniOverlay {
  const { section, username, passwordVariable } = DCS_KINDS[topology.dcs].credentials;
  const rest = secretValue(secrets, SECRETS.patroniRest.variable);
  return {
    restapi: { authentication: { username: SERVICE_USERS.patroniRest, password: rest } },
    ctl: { authentication: { username: SERVICE_USERS.patroniRest, password: utf8AsLatin1(rest) } },
    [section]: { username, password: secretValue(secrets, passwordVariable) },
  };
}

/** The password of the superuser and of each login. */
export function derivePasswords(topology: Topology, secrets: Secrets): { readonly role: string; readonly password: string }[] {
  return [
    { role: SYSTEM_ROLES.superuser, password: secretValue(secrets, SECRETS.superuser.variable) },
    ...topology.logins.map(({ name, passwordVariable }) => ({ role: name, password: secretValue(secrets, passwordVariable) })),
  ];
}
