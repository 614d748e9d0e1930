import { decode, encode } from "../der/forge.ts";
import { items } from "../der/read.ts";
import { sameBytes } from "../der/bytes.ts";
import type { NameConstraints, Subtree } from "../inspect/name-constraints.ts";
import { encodeSubject } from "../issue/certificate.ts";
import type { AlternativeName, LeafRequest, Subject } from "../model.ts";
import { formatName } from "../names.ts";
import { type AuthorityState, filesOf } from "./authority.ts";
import type { Problem } from "./problems.ts";

/** `base` itself and every host below it; only those below where it starts with a dot. */
const isHostBelow = (name: string, base: string): boolean =>
  base === "" || name === base || (name.endsWith(base) && (base.startsWith(".") || name.at(-base.length - 1) === "."));

/** The host of `spiffe://cluster/role/app`; with a leading dot the base means the hosts below it, else itself. */
function isUriBelow(uri: string, base: string): boolean {
  const host = /^[^:]+:\/\/([^/:]*)/.exec(uri)?.[1] ?? "";
  return base.startsWith(".") ? host.endsWith(base) : host === base;
}

function isAddressBelow(address: string, base: Uint8Array): boolean {
  const half = base.length / 2;
  const bytes = address.split(".").map(Number);
  return (
    bytes.length === half &&
    bytes.every((byte, index) => (byte & (base[half + index] ?? 0)) === ((base[index] ?? 0) & (base[half + index] ?? 0)))
  );
}

function isNameBelow({ kind, value }: AlternativeName, base: Subtree): boolean {
  switch (base.kind) {
    case "dns":
      return kind === "dns" && isHostBelow(value, base.value.toLowerCase());
    case "uri":
      return kind === "uri" && isUriBelow(value, base.value.toLowerCase());
    case "ip":
      return kind === "ip" && isAddressBelow(value, base.value);
    case "directory":
    case "other":
      return false;
  }
}

function isSubjectBelow(subject: Subject, base: Subtree): boolean {
  if (base.kind !== "directory") return false;
  const parts = items(decode(encodeSubject(subject))).map(encode);
  return base.value.every((part, index) => parts[index] !== undefined && sameBytes(part, parts[index]));
}

/** A kind of name of which none is permitted by name is permitted altogether (RFC 5280, 4.2.1.10). */
function isAllowed({ permitted, excluded }: NameConstraints, kind: Subtree["kind"], isBelow: (base: Subtree) => boolean): boolean {
  const ofKind = permitted.filter((base) => base.kind === kind);
  return (ofKind.length === 0 || ofKind.some(isBelow)) && !excluded.some(isBelow);
}

/** Names of a certificate that an authority with these constraints may not sign for, as OpenSSL writes them. */
function excludedNames(request: LeafRequest, constraints: readonly NameConstraints[]): string[] {
  const names = request.names.filter((name) => constraints.some((one) => !isAllowed(one, name.kind, (base) => isNameBelow(name, base))));
  const isSubjectAllowed = constraints.every((one) => isAllowed(one, "directory", (base) => isSubjectBelow(request.subject, base)));
  return [...names.map(formatName), ...(isSubjectAllowed ? [] : [`subject O=${request.subject.organization}`])];
}

/** So many names stand in the message: they have the cause in common. */
const LISTED = 8;

/** What the topology wants signed by an authority that may not: each name once. */
export function forbiddenNames({ request, constraints }: AuthorityState, leaves: readonly LeafRequest[]): Problem[] {
  const signed = leaves.filter(({ authority }) => authority === request.authority);
  const names = [...new Set(signed.flatMap((leaf) => excludedNames(leaf, constraints)))].toSorted();
  if (names.length === 0) return [];
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return [{ code: "authority-names-excluded", about: `${filesOf(request).certificate}: ${names.slice(0, LISTED).join(", ")}${more}` }];
}
