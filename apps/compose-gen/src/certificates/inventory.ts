import { type CertificateFacts, type Inspection, type PublicKeyOf, inspectAll } from "@matriarch/pki";
import { problemsOf } from "./problems.ts";
import { formatSubject } from "./subject.ts";

/** One certificate of a bundle. What cannot be read has `null` for everything that would have to be read. */
export interface InventoryEntry {
  /** From the bundle's root. */
  readonly path: string;
  /** Place among the certificates of the file, from 1. */
  readonly position: number;
  /** Other files with the same text. */
  readonly copies: readonly string[];
  readonly subject: string | null;
  /** As OpenSSL writes them: `DNS:…`, `IP:…`, `URI:…`. */
  readonly names: readonly string[];
  /** `authority`, `server`, `client`, or the object identifier of another use. */
  readonly uses: readonly string[];
  readonly issuer: string | null;
  /** ISO 8601, UTC. */
  readonly notAfter: string | null;
  /** Whole days until then; negative once it is over. */
  readonly daysLeft: number | null;
  /** In the words of `tls.key_type`. */
  readonly keyType: string | null;
  /** What is wrong with it, a sentence each. */
  readonly problems: readonly string[];
}

const DAY = 24 * 60 * 60 * 1000;
const IN_BUNDLE = "pki/";

/** A file, and others with the same text. */
interface Found {
  readonly path: string;
  readonly copies: readonly string[];
  readonly inspections: readonly Inspection[];
}

/** Each text once. The file with a key beside it is the one that others are copies of. */
function distinctFiles(pki: ReadonlyMap<string, string>): Found[] {
  const certificates = [...pki].filter(([path]) => path.endsWith(".crt"));
  return [...Map.groupBy(certificates, ([, text]) => text)].map(([text, group]) => {
    const paths = group.map(([path]) => path).toSorted();
    const path = paths.find((candidate) => pki.has(keyBeside(candidate))) ?? paths[0] ?? "";
    const inspections = inspectAll(text);
    return {
      path,
      copies: paths.filter((other) => other !== path),
      inspections: inspections.length > 0 ? inspections : [{ ok: false, problem: "it holds no PEM certificate" }],
    };
  });
}

function keyBeside(certificate: string): string {
  return certificate.replace(/\.crt$/, ".key");
}

function usesOf({ isAuthority, uses }: CertificateFacts): string[] {
  return [...(isAuthority ? ["authority"] : []), ...uses];
}

const UNREADABLE = { subject: null, names: [], uses: [], issuer: null, notAfter: null, daysLeft: null, keyType: null } as const;

function readable(facts: CertificateFacts, now: number): Omit<InventoryEntry, "path" | "position" | "copies" | "problems"> {
  return {
    subject: formatSubject(facts.subject),
    names: facts.names,
    uses: usesOf(facts),
    issuer: formatSubject(facts.issuer),
    notAfter: new Date(facts.notAfter).toISOString(),
    daysLeft: Math.floor((facts.notAfter - now) / DAY),
    keyType: facts.key.type,
  };
}

/**
 * Every certificate of a bundle's `pki` folder, the first to end first; what cannot be read comes before all.
 * @param pki PEM texts, keys as well, by path below `pki`
 * @param now milliseconds since 1970
 */
export function takeInventory(pki: ReadonlyMap<string, string>, now: number, publicKeyOf: PublicKeyOf): InventoryEntry[] {
  const files = distinctFiles(pki);
  const authorities = files.flatMap(({ inspections }) =>
    inspections.flatMap((inspection) => (inspection.ok && inspection.facts.isAuthority ? [inspection.facts] : [])),
  );
  const entries = files.flatMap(({ path, copies, inspections }) =>
    inspections.map((inspection, index): InventoryEntry => {
      const place = { path: IN_BUNDLE + path, position: index + 1, copies: copies.map((copy) => IN_BUNDLE + copy) };
      if (!inspection.ok) return { ...place, ...UNREADABLE, problems: [`It cannot be read: ${inspection.problem}.`] };
      // A file's key belongs to its first certificate; those that follow are the ones above it.
      const key = index === 0 ? { isExpected: !inspection.facts.isAuthority, pem: pki.get(keyBeside(path)) } : null;
      return {
        ...place,
        ...readable(inspection.facts, now),
        problems: problemsOf(inspection.facts, { authorities, key, now, publicKeyOf }),
      };
    }),
  );
  return entries.toSorted(
    (a, b) =>
      (a.daysLeft ?? -Infinity) - (b.daysLeft ?? -Infinity) || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.position - b.position),
  );
}

/** Whether less than this many days are left; what cannot be read counts as over. */
export function expiresWithin({ notAfter }: InventoryEntry, days: number, now: number): boolean {
  return notAfter === null || Date.parse(notAfter) - now < days * DAY;
}
