import { styleText } from "node:util";
import { IN_FORCE } from "../bundle.ts";
import type { CertificateChange, Change, LinkChange, RenderedChange, SecretChange } from "./change.ts";

const COLOURS: readonly (readonly [string, "bold" | "cyan" | "green" | "red"])[] = [
  ["---", "bold"],
  ["+++", "bold"],
  ["@@", "cyan"],
  ["+", "green"],
  ["-", "red"],
];

function colour(line: string): string {
  const style = COLOURS.find(([start]) => line.startsWith(start))?.[1];
  return style === undefined ? line : styleText(style, line);
}

function formatPatch({ patch }: RenderedChange): string {
  return patch.split("\n").map(colour).join("\n");
}

function formatByHand({ path, change }: RenderedChange): string {
  const would = change === "none" ? ", to what rendering would write or leave out anyway" : "";
  return `${path}: changed by hand since it was rendered${would}; "render" wants --force to go on.`;
}

function formatSecret({ path, change, differs, generated }: SecretChange): string {
  const would =
    change === "added"
      ? "would be written"
      : `would be written again (${differs.join(", ")} ${differs.length === 1 ? "differs" : "differ"})`;
  const values = generated.length === 0 ? "" : `; a value would be generated for ${generated.join(", ")}`;
  return `${path}: ${would}${values}; what it holds is not shown.`;
}

const CERTIFICATE_VERBS: Record<CertificateChange["change"], string> = { issue: "issued", renew: "renewed", copy: "written" };

function formatCertificate({ path, change, reason, key }: CertificateChange): string {
  const forKey = change === "copy" ? "" : key === "new" ? ", with a new key" : ", for the key that is there";
  return `${path}: would be ${CERTIFICATE_VERBS[change]}${forKey} (${reason}).`;
}

function formatLink({ path, change }: LinkChange): string {
  return change === "added"
    ? `${path}: the link to ${IN_FORCE}/${path} would be made.`
    : `${path}: is not Matriarch's; "render" wants it moved away.`;
}

function formatNote(change: Change): string[] {
  switch (change.kind) {
    case "rendered":
      return change.changedByHand ? [formatByHand(change)] : [];
    case "secret":
      return [formatSecret(change)];
    case "certificate":
      return [formatCertificate(change)];
    case "link":
      return [formatLink(change)];
    case "ledger":
      return [`${change.path}: would be written; new members are given a name, a volume and an address that they keep.`];
  }
}

const KINDS: Record<Change["kind"], readonly [string, string]> = {
  rendered: ["rendered file", "rendered files"],
  secret: ["file with secrets", "files with secrets"],
  certificate: ["certificate, key or copy", "certificates, keys and copies"],
  link: ["link", "links"],
  ledger: ["ledger", "ledgers"],
};

function summarise(changes: readonly Change[]): string {
  const counts = Object.entries(KINDS).flatMap(([kind, [one, several]]) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  });
  return `Drift: ${counts.join(", ")}.`;
}

/** Changes for people: the patches of rendered files first, as `diff -u` prints them, then a line for everything else. */
export function formatChanges(changes: readonly Change[]): string {
  const patches = changes.flatMap((change) => (change.kind === "rendered" && change.patch !== "" ? [formatPatch(change)] : []));
  return [...patches, ...[...changes.flatMap(formatNote), summarise(changes)].map((line) => `${line}\n`)].join("");
}
