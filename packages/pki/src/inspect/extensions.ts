import { type Asn1, decode } from "../der/forge.ts";
import { GENERAL_NAME, KEY_USAGES, type KeyUsage, OID } from "../der/oids.ts";
import { bytesOf, contents, integerOf, isTagged, isYes, items, namedBitsOf, octetsOf, oidOf } from "../der/read.ts";
import { hex } from "../der/bytes.ts";
import { type NameConstraints, NO_CONSTRAINTS, readNameConstraints } from "./name-constraints.ts";

/** What the extensions of a certificate say; one that is absent says the same as an empty one. */
export interface ExtensionFacts {
  readonly isAuthority: boolean;
  /** Whether basicConstraints is critical, as RFC 5280 wants it in an authority. */
  readonly constraintsCritical: boolean;
  /** How many authorities may stand below it; `null`: any number. */
  readonly pathLength: number | null;
  readonly nameConstraints: NameConstraints;
  readonly keyUsage: readonly KeyUsage[];
  /** `server`, `client`, or the object identifier of another use. */
  readonly uses: readonly string[];
  /** As OpenSSL writes them: `DNS:…`, `IP:…`, `URI:…`; other kinds and IPv6 addresses in hexadecimal digits. */
  readonly names: readonly string[];
  readonly subjectKeyId: Uint8Array | null;
  readonly authorityKeyId: Uint8Array | null;
}

interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Reads the `[3]` of a certificate; extensions that are not in `ExtensionFacts` are passed over. */
export function readExtensions(explicit: Asn1 | undefined): ExtensionFacts {
  const extensions = new Map(explicit === undefined ? [] : items(items(explicit)[0]).map(readExtension));
  const read = <Value>(id: string, reader: (value: Asn1, critical: boolean) => Value, absent: Value): Value => {
    const extension = extensions.get(id);
    return extension === undefined ? absent : reader(decode(extension.value), extension.critical);
  };
  return {
    ...read(OID.basicConstraints, readConstraints, { isAuthority: false, constraintsCritical: false, pathLength: null }),
    nameConstraints: read(OID.nameConstraints, readNameConstraints, NO_CONSTRAINTS),
    keyUsage: read(OID.keyUsage, readKeyUsage, []),
    uses: read(OID.extendedKeyUsage, readUses, []),
    names: read(OID.alternativeNames, (value) => items(value).map(readName), []),
    subjectKeyId: read(OID.subjectKeyId, octetsOf, null),
    authorityKeyId: read(OID.authorityKeyId, readAuthorityKeyId, null),
  };
}

function readExtension(extension: Asn1): readonly [string, Extension] {
  const [id, ...rest] = items(extension);
  return [oidOf(id), { critical: isYes(rest[0]), value: octetsOf(rest.at(-1)) }];
}

function readConstraints(
  value: Asn1,
  constraintsCritical: boolean,
): Pick<ExtensionFacts, "isAuthority" | "constraintsCritical" | "pathLength"> {
  const [isAuthority, limit] = items(value);
  return { isAuthority: isYes(isAuthority), constraintsCritical, pathLength: limit === undefined ? null : Number(integerOf(limit).at(-1)) };
}

function readKeyUsage(value: Asn1): readonly KeyUsage[] {
  const bits = namedBitsOf(value);
  return KEY_USAGES.filter((_, bit) => bits.includes(bit));
}

const USES: Readonly<Record<string, string>> = { [OID.serverAuth]: "server", [OID.clientAuth]: "client" };

const readUses = (value: Asn1): readonly string[] => items(value).map((use) => USES[oidOf(use)] ?? oidOf(use));

function readAuthorityKeyId(value: Asn1): Uint8Array | null {
  const id = items(value).find((part) => isTagged(part, 0));
  return id === undefined ? null : bytesOf(id);
}

function readName(name: Asn1): string {
  if (isTagged(name, GENERAL_NAME.dns)) return `DNS:${contents(name)}`;
  if (isTagged(name, GENERAL_NAME.uri)) return `URI:${contents(name)}`;
  if (!isTagged(name, GENERAL_NAME.ip)) return `other:${name.type}`;
  const bytes = bytesOf(name);
  return `IP:${bytes.length === 4 ? bytes.join(".") : hex(bytes)}`;
}
