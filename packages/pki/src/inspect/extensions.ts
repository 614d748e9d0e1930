import { type Asn1, decode } from "../der/forge.ts";
import { GENERAL_NAME, KEY_USAGES, type KeyUsage, OID } from "../der/oids.ts";
import { bytesOf, contents, integerOf, isTagged, isYes, items, namedBitsOf, octetsOf, oidOf } from "../der/read.ts";
import { hex } from "../der/bytes.ts";

/** What the extensions of a certificate say; one that is absent says the same as an empty one. */
export interface ExtensionFacts {
  readonly isAuthority: boolean;
  /** Whether basicConstraints is critical, as RFC 5280 wants it in an authority. */
  readonly constraintsCritical: boolean;
  /** How many authorities may stand below it; `null`: any number. */
  readonly pathLength: number | null;
  readonly keyUsage: readonly KeyUsage[];
  /** `server`, `client`, or the object identifier of another use. */
  readonly uses: readonly string[];
  /** As OpenSSL writes them: `DNS:…`, `IP:…`, `URI:…`; other kinds and IPv6 addresses in hexadecimal digits. */
  readonly names: readonly string[];
  readonly subjectKeyId: Uint8Array | null;
  readonly authorityKeyId: Uint8Array | null;
}

const NONE: ExtensionFacts = {
  isAuthority: false,
  constraintsCritical: false,
  pathLength: null,
  keyUsage: [],
  uses: [],
  names: [],
  subjectKeyId: null,
  authorityKeyId: null,
};

const USES: Readonly<Record<string, string>> = { [OID.serverAuth]: "server", [OID.clientAuth]: "client" };

const READERS: Readonly<Record<string, (value: Asn1, critical: boolean) => Partial<ExtensionFacts>>> = {
  [OID.basicConstraints]: (value, constraintsCritical) => {
    const [isAuthority, limit] = items(value);
    return {
      isAuthority: isYes(isAuthority),
      constraintsCritical,
      pathLength: limit === undefined ? null : Number(integerOf(limit).at(-1)),
    };
  },
  [OID.keyUsage]: (value) => {
    const bits = namedBitsOf(value);
    return { keyUsage: KEY_USAGES.filter((_, bit) => bits.includes(bit)) };
  },
  [OID.extendedKeyUsage]: (value) => ({ uses: items(value).map((use) => USES[oidOf(use)] ?? oidOf(use)) }),
  [OID.alternativeNames]: (value) => ({ names: items(value).map(readName) }),
  [OID.subjectKeyId]: (value) => ({ subjectKeyId: octetsOf(value) }),
  [OID.authorityKeyId]: (value) => {
    const id = items(value).find((part) => isTagged(part, 0));
    return { authorityKeyId: id === undefined ? null : bytesOf(id) };
  },
};

/** Reads the `[3]` of a certificate; extensions that are not in `ExtensionFacts` are passed over. */
export function readExtensions(explicit: Asn1 | undefined): ExtensionFacts {
  if (explicit === undefined) return NONE;
  const [list] = items(explicit);
  let facts = NONE;
  for (const extension of items(list)) {
    const [id, ...rest] = items(extension);
    const reader = READERS[oidOf(id)];
    if (reader !== undefined) facts = { ...facts, ...reader(decode(octetsOf(rest.at(-1))), isYes(rest[0])) };
  }
  return facts;
}

function readName(name: Asn1): string {
  if (isTagged(name, GENERAL_NAME.dns)) return `DNS:${contents(name)}`;
  if (isTagged(name, GENERAL_NAME.uri)) return `URI:${contents(name)}`;
  if (!isTagged(name, GENERAL_NAME.ip)) return `other:${name.type}`;
  const bytes = bytesOf(name);
  return `IP:${bytes.length === 4 ? bytes.join(".") : hex(bytes)}`;
}
