import { type Asn1, encode } from "../der/forge.ts";
import { GENERAL_NAME } from "../der/oids.ts";
import { bytesOf, contents, isTagged, items } from "../der/read.ts";

/** A part of a name space (RFC 5280, 4.2.1.10). */
export type Subtree =
  | { readonly kind: "dns" | "uri"; readonly value: string }
  /** Address, then mask. */
  | { readonly kind: "ip"; readonly value: Uint8Array }
  /** The parts of a distinguished name, each in DER. */
  | { readonly kind: "directory"; readonly value: readonly Uint8Array[] }
  | { readonly kind: "other" };

/** For which names an authority may sign, and those below it. */
export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

export const NO_CONSTRAINTS: NameConstraints = { permitted: [], excluded: [] };

export function readNameConstraints(value: Asn1): NameConstraints {
  const subtrees = (number: number) => {
    const list = items(value).find((part) => isTagged(part, number));
    return list === undefined ? [] : items(list).map((subtree) => readSubtree(items(subtree)[0]));
  };
  return { permitted: subtrees(0), excluded: subtrees(1) };
}

function readSubtree(name: Asn1 | undefined): Subtree {
  if (isTagged(name, GENERAL_NAME.dns)) return { kind: "dns", value: contents(name) };
  if (isTagged(name, GENERAL_NAME.uri)) return { kind: "uri", value: contents(name) };
  if (isTagged(name, GENERAL_NAME.ip)) return { kind: "ip", value: bytesOf(name) };
  if (!isTagged(name, GENERAL_NAME.directory)) return { kind: "other" };
  return { kind: "directory", value: items(items(name)[0]).map(encode) };
}
