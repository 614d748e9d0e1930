import { readFile } from "node:fs/promises";
import path from "node:path";
import type { BundleFacts, BundleMember } from "./bundle.ts";

/** A certificate and its key, as PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Who presents itself: a certificate and its key, by their path in the bundle's `pki` folder, without the ending. */
export type Identity = string & { readonly identity: unique symbol };

const identity = (name: string) => name as Identity;

/** The operator, at Patroni's API. */
export const OPERATOR = identity("clients/operator/client");
/** The operator, at etcd: another authority signed this one. */
export const OPERATOR_AT_ETCD = identity("clients/operator/etcd-client");

/** An application's role. */
export function identityOf(role: string): Identity {
  return identity(`clients/roles/${role}/client`);
}

/** A member that acts for itself, with the key that only it should have. */
export function machineIdentity(member: BundleMember, certificate: string): Identity {
  return identity(`${member.name}/${certificate}`);
}

/** The certificate that is presented; one that is no part of the bundle is given as it is. */
export async function readIdentity({ directory }: BundleFacts, who: Identity | KeyPair): Promise<KeyPair> {
  if (typeof who !== "string") return who;
  const file = path.join(directory, "pki", who);
  const [cert, key] = await Promise.all([readFile(`${file}.crt`, "utf8"), readFile(`${file}.key`, "utf8")]);
  return { cert, key };
}
