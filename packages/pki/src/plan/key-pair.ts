import { encodePem } from "../der/pem.ts";
import type { Copy, KeyPairRequest } from "../model.ts";
import { type Circumstances, type Decision, keep } from "./decision.ts";
import { inBundle, type Problem } from "./problems.ts";

/** The text of a public key's file. */
export const publicKeyPem = (publicKey: Uint8Array): string => encodePem("PUBLIC KEY", publicKey);

/** Decides on one key pair: the private key stays, the public one follows it. */
export function reconcileKeyPair(
  { privatePath, publicPath }: KeyPairRequest,
  { existing, keys }: Circumstances,
): { readonly decision: Decision; readonly problems: readonly Problem[] } {
  const path = privatePath;
  const blocked = (code: Problem["code"]) => ({ decision: keep(path, "blocked"), problems: [{ code, about: inBundle(path) }] });
  const privateKey = existing.get(privatePath);
  if (privateKey === undefined) {
    return existing.has(publicPath)
      ? blocked("private-key-missing")
      : { decision: { path, action: "issue", reason: "missing", key: "new" }, problems: [] };
  }
  const publicKey = keys.publicKeyOf(privateKey);
  if (publicKey === null) return blocked("private-key-unreadable");
  return existing.get(publicPath) === publicKeyPem(publicKey)
    ? { decision: keep(path, "valid"), problems: [] }
    : { decision: { path, action: "issue", reason: "public-key-missing", key: "existing" }, problems: [] };
}

/** Copies of a private key that hold another key than the source: they are not overwritten either. */
export function differingKeys(copies: readonly Copy[], { existing }: Circumstances): Problem[] {
  return copies
    .filter(({ from, to, kind }) => kind === "private-key" && existing.has(to) && existing.get(to) !== existing.get(from))
    .map(({ to }) => ({ code: "private-key-differs", about: inBundle(to) }));
}
