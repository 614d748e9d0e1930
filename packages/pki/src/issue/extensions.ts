import { type Asn1, encode, fromBytes } from "../der/forge.ts";
import { GENERAL_NAME, KEY_USAGES, type KeyUsage, OID } from "../der/oids.ts";
import { integer, namedBits, octetString, oid, sequence, tagged, yes } from "../der/write.ts";
import type { AlternativeName, Use } from "../model.ts";

const USES: Readonly<Record<Use, string>> = { server: OID.serverAuth, client: OID.clientAuth };

const critical = (id: string, value: Asn1): Asn1 => sequence(oid(id), yes(), octetString(encode(value)));
const plain = (id: string, value: Asn1): Asn1 => sequence(oid(id), octetString(encode(value)));

/** It may sign certificates, but none of them may again (path length 0). */
export const authorityConstraints = (): Asn1 => critical(OID.basicConstraints, sequence(yes(), integer(0)));

/** `CA:false`, which DER writes as nothing. */
export const leafConstraints = (): Asn1 => critical(OID.basicConstraints, sequence());

export const keyUsage = (usages: readonly KeyUsage[]): Asn1 =>
  critical(OID.keyUsage, namedBits(usages.map((usage) => KEY_USAGES.indexOf(usage))));

export const extendedKeyUsage = (uses: readonly Use[]): Asn1 => plain(OID.extendedKeyUsage, sequence(...uses.map((use) => oid(USES[use]))));

export const subjectKeyId = (id: Uint8Array): Asn1 => plain(OID.subjectKeyId, octetString(id));

/** The issuer's subject key id: strict verifiers (Python 3.13) find the issuer by it. */
export const authorityKeyId = (id: Uint8Array): Asn1 => plain(OID.authorityKeyId, sequence(tagged(0, fromBytes(id))));

export const alternativeNames = (names: readonly AlternativeName[]): Asn1 =>
  plain(OID.alternativeNames, sequence(...names.map(generalName)));

function generalName({ kind, value }: AlternativeName): Asn1 {
  return tagged(GENERAL_NAME[kind], kind === "ip" ? String.fromCharCode(...value.split(".").map(Number)) : value);
}
