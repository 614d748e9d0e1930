import type { Topology } from "@matriarch/topology";
import { exampleTopology, topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { DAY } from "../calendar.ts";
import { decodePem, encodePem } from "../der/pem.ts";
import { encodeSubject, signCertificate } from "../issue/certificate.ts";
import { authorityConstraints, authorityKeyId, keyUsage, subjectKeyId } from "../issue/extensions.ts";
import { AUTHORITY_KEY_USAGE } from "../issue/issue.ts";
import { describePublicKey } from "../public-key.ts";
import { factsOf, issue, NOW, plan, type Run, without, written } from "../testing/cluster.ts";
import { nodeSigner } from "../testing/node-signer.ts";
import { EC_KEY, type Foreign, opensslVerify, type Purpose, selfSigned } from "../testing/openssl.ts";
import type { Decision } from "./decision.ts";

const TEXT = `
cluster: c
nodes:
  e1: [etcd]
  n1: [postgresql]
  hap: [haproxy]
  pgb: [pgbouncer]
`;
const topology = topologyOf(TEXT);
const disk = written(issue(topology));

const decisions = (of: Topology, run: Run): Decision[] => {
  const { authorities, leaves, keyPairs } = plan(of, run);
  return [...authorities, ...leaves, ...keyPairs].map(({ decision }) => decision);
};
const decisionOn = (path: string, run: Run, of = topology): Decision | undefined =>
  decisions(of, run).find((decision) => decision.path === path);
const changed = (run: Run, of = topology): Decision[] => decisions(of, run).filter(({ action }) => action !== "keep");
const codes = (run: Run, of = topology): string[] => plan(of, run).findings.map(({ code }) => code);
const put = (...entries: readonly (readonly [string, string])[]): Map<string, string> => new Map([...disk, ...entries]);
const text = (path: string): string => disk.get(path) ?? "";

describe("a plan", () => {
  it("issues everything with new keys where nothing is there", () => {
    const all = decisions(topology, {});
    expect(all.length).toBeGreaterThan(10);
    for (const decision of all) expect(decision).toMatchObject({ action: "issue", reason: "missing", key: "new" });
    expect(codes({})).toEqual([]);
  });

  it("changes nothing and finds nothing where everything is in order", () => {
    expect(changed({ existing: disk })).toEqual([]);
    expect(codes({ existing: disk })).toEqual([]);
  });

  it.each(["etcd", "replication mode", "timing"])("does not look at what certificates do not say: %s", (what) => {
    const other = {
      etcd: "parameters: { etcd: { quota-backend-bytes: 1 } }",
      "replication mode": "replication: { mode: quorum }",
      timing: "timing: fast",
    }[what];
    expect(changed({ existing: disk }, topologyOf(`${TEXT}${other}\n`))).toEqual([]);
  });
});

const RENEWED = [
  ["a name is added", "names-differ", "n1/server", `${TEXT}tls: { names: [db.example.org] }\n`],
  ["a balancer is added", "names-differ", "n1/server", TEXT.replace("  pgb:", "  hap2: [haproxy]\n  pgb:")],
  ["an address changes", "names-differ", "e1/peer", TEXT.replace("e1: [etcd]", "e1: { roles: [etcd], address: 172.28.3.77 }")],
  ["the cluster's name changes", "subject-differs", "hap/stats", TEXT.replace("cluster: c", "cluster: d")],
] as const;

describe("renewal with the same key, when", () => {
  it.each(RENEWED)("%s", (_, reason, path, changedText) => {
    expect(decisionOn(path, { existing: disk }, topologyOf(changedText))).toEqual({ path, action: "renew", reason, key: "existing" });
  });

  it("the certificate has expired", () => {
    expect(decisionOn("n1/rest", { existing: disk, now: NOW + 397 * DAY })).toMatchObject({
      action: "renew",
      reason: "expired",
      key: "existing",
    });
  });

  it("the certificate is not valid yet: the clock was ahead when it was issued", () => {
    const ahead = written(issue(topology, { existing: disk, now: NOW + DAY, renewal: "all" }), disk);
    expect(decisionOn("n1/rest", { existing: ahead })).toMatchObject({ action: "renew", reason: "not-yet-valid" });
  });

  it("the certificate cannot be read", () => {
    expect(decisionOn("n1/rest", { existing: put(["n1/rest.crt", "garbage"]) })).toMatchObject({
      action: "renew",
      reason: "certificate-unreadable",
      key: "existing",
    });
  });

  it("the certificate belongs to another key", () => {
    const existing = put(["n1/rest.crt", text("n1/server.crt")]);
    expect(decisionOn("n1/rest", { existing })).toMatchObject({ action: "renew", reason: "key-differs", key: "existing" });
  });

  it("the certificate is another certificate of the same key, for other uses", () => {
    const existing = put(["n1/rest.crt", text("n1/rest-client.crt")], ["n1/rest.key", text("n1/rest-client.key")]);
    expect(decisionOn("n1/rest", { existing })).toMatchObject({ action: "renew", reason: "subject-differs" });
    const asServer = put(["pgb/lookup.crt", text("hap/stats.crt")], ["pgb/lookup.key", text("hap/stats.key")]);
    expect(decisionOn("pgb/lookup", { existing: asServer })).toMatchObject({ action: "renew" });
  });

  it("another CA signed it, even one of the same name", () => {
    const others = written(issue(topology));
    const existing = put(
      ["ca/cluster-ca.crt", others.get("ca/cluster-ca.crt") ?? ""],
      ["ca/cluster-ca.key", others.get("ca/cluster-ca.key") ?? ""],
    );
    expect(decisionOn("n1/rest", { existing })).toMatchObject({ action: "renew", reason: "issuer-differs" });
    expect(decisionOn("n1/etcd-client", { existing })).toMatchObject({ action: "keep" });
  });
});

describe("coming expiry", () => {
  const soon = { existing: disk, now: NOW + (397 - 29) * DAY };

  it("is told 30 days before, in one finding with all the files, and nothing is renewed", () => {
    expect(codes({ existing: disk, now: NOW + (397 - 31) * DAY })).toEqual([]);
    const { findings } = plan(topology, soon);
    expect(findings).toMatchObject([{ code: "certificate-expires-soon", severity: "warning", path: ["tls", "lifetime", "leaf"] }]);
    expect(findings[0]?.message).toMatch(/: pki\/e1\/server\.crt on 2027-02-16, (pki\/\S+ on 2027-02-16, ){4}and \d+ more\.$/);
    expect(changed(soon)).toEqual([]);
  });

  it("is told in the last third of a short life", () => {
    const short = topologyOf(`${TEXT}tls: { lifetime: { leaf: 9 } }\n`);
    const existing = written(issue(short));
    expect(codes({ existing, now: NOW + 5 * DAY }, short)).toEqual([]);
    expect(codes({ existing, now: NOW + 7 * DAY }, short)).toEqual(["certificate-expires-soon"]);
  });

  it("leads to renewal when that is asked for, of those that end soon only", () => {
    const renewed = changed({ ...soon, renewal: "expiring" });
    expect(renewed).toHaveLength(plan(topology, soon).leaves.length);
    for (const decision of renewed) expect(decision).toMatchObject({ action: "renew", reason: "expiring", key: "existing" });
    expect(changed({ existing: disk, renewal: "expiring" })).toEqual([]);
    expect(codes({ ...soon, renewal: "expiring" })).toEqual([]);
  });

  it("of the CA is told when a new certificate would outlive it", () => {
    expect(codes({ existing: disk, now: NOW + (3650 - 398) * DAY, renewal: "all" })).toEqual([]);
    expect(codes({ existing: disk, now: NOW + (3650 - 396) * DAY, renewal: "all" })).toEqual(["authority-expires-soon"]);
  });
});

describe("all leaves anew", () => {
  it("renews every leaf with its key, and no authority", () => {
    const { authorities, leaves } = plan(topology, { existing: disk, renewal: "all" });
    for (const { decision } of leaves) expect(decision).toMatchObject({ action: "renew", reason: "asked", key: "existing" });
    for (const { decision } of authorities) expect(decision).toMatchObject({ action: "keep", reason: "valid" });
  });
});

describe("a half-written pair", () => {
  it("gets the certificate that its key lacks", () => {
    const existing = without(disk, "n1/server.crt", "ca/etcd-ca.crt", "ca/etcd-token.pub");
    expect(changed({ existing })).toEqual([
      { path: "ca/etcd-ca", action: "issue", reason: "certificate-missing", key: "existing" },
      { path: "n1/server", action: "issue", reason: "certificate-missing", key: "existing" },
      { path: "ca/etcd-token.key", action: "issue", reason: "public-key-missing", key: "existing" },
    ]);
  });

  it("is refused when the key is what it lacks", () => {
    const existing = without(disk, "n1/server.key", "ca/etcd-token.key");
    const { findings } = plan(topology, { existing });
    expect(findings).toMatchObject([{ code: "private-key-missing", severity: "error" }, { code: "private-key-differs" }]);
    expect(findings[0]?.message).toContain("pki/n1/server.key, pki/ca/etcd-token.key");
    expect(changed({ existing })).toEqual([]);
  });

  it("is refused when the key cannot be read", () => {
    const existing = put(["n1/server.key", "garbage"], ["ca/etcd-token.key", ""], ["e1/token.key", ""]);
    expect(codes({ existing })).toEqual(["private-key-unreadable"]);
    expect(changed({ existing })).toEqual([]);
  });
});

describe("a member's token key", () => {
  it("is not overwritten by another one", () => {
    expect(codes({ existing: put(["e1/token.key", text("n1/server.key")]) })).toEqual(["private-key-differs"]);
    expect(codes({ existing: without(disk, "ca/etcd-token.key", "ca/etcd-token.pub") })).toEqual(["private-key-differs"]);
  });
});

describe("another key type", () => {
  it("is for new keys: those that exist stay, and that is said once", () => {
    const rsa = topologyOf(`${TEXT}tls: { key_type: rsa-2048 }\n`);
    expect(changed({ existing: disk }, rsa)).toEqual([]);
    const { findings } = plan(rsa, { existing: disk });
    expect(findings).toMatchObject([{ code: "key-type-differs", severity: "warning", path: ["tls", "key_type"] }]);
    expect(findings[0]?.message).toContain("n1/server.key (ecdsa-p256)");
  });
});

describe("an authority", () => {
  it("is not made anew when it is lost and what it signed is there", () => {
    const lost = without(disk, "ca/cluster-ca.crt", "ca/cluster-ca.key");
    expect(codes({ existing: lost })).toEqual(["authority-missing"]);
    expect(changed({ existing: lost })).toEqual([]);
  });

  it("may have its key elsewhere while there is nothing to sign", () => {
    const existing = without(disk, "ca/cluster-ca.key", "ca/etcd-ca.key", "ca/etcd-peer-ca.key");
    expect(codes({ existing })).toEqual([]);
    const { findings, leaves } = plan(topologyOf(`${TEXT}tls: { names: [db.example.org] }\n`), { existing });
    expect(findings).toMatchObject([{ code: "authority-key-missing", severity: "error" }]);
    expect(findings[0]?.message).toContain("pki/n1/server.crt, pki/hap/stats.crt, pki/pgb/server.crt");
    expect(leaves.every(({ decision }) => decision.action === "keep")).toBe(true);
  });

  it("is refused with the key of another", () => {
    expect(codes({ existing: put(["ca/cluster-ca.key", text("ca/etcd-ca.key")]) })).toEqual(["authority-key-mismatch"]);
  });

  it("is refused with a key that cannot be read", () => {
    expect(codes({ existing: put(["ca/cluster-ca.key", "garbage"]) })).toEqual(["private-key-unreadable"]);
    expect(codes({ existing: without(put(["ca/cluster-ca.key", "garbage"]), "ca/cluster-ca.crt") })).toEqual(["private-key-unreadable"]);
  });

  it("is refused before its time", () => {
    expect(codes({ existing: disk, now: NOW - DAY })).toEqual(["authority-unfit"]);
  });

  it("is refused when its time is over", () => {
    const { findings } = plan(topology, { existing: disk, now: NOW + 3650 * DAY });
    expect(findings).toMatchObject([{ code: "authority-expired", severity: "error" }]);
    expect(findings[0]?.message).toContain("ca/cluster-ca.crt on 2036-01-13");
  });

  it("keeps its name when the cluster's name changes", () => {
    expect(decisionOn("ca/cluster-ca", { existing: disk }, topologyOf(TEXT.replace("cluster: c", "cluster: d")))).toMatchObject({
      action: "keep",
    });
  });
});

const BROUGHT = topologyOf(`${TEXT}tls: { ca: { certificate: company.crt, key: company.key } }\n`);
const CA_USAGE = "keyUsage=critical,keyCertSign,cRLSign";
const COMPANY = { newkey: EC_KEY, subject: "/C=DE/O=Company/CN=Company CA", extensions: [CA_USAGE] };

/** What OpenSSL makes is valid from now on, so these runs happen now. */
function broughtRun(
  { certificate, key }: Foreign,
  existing: ReadonlyMap<string, string> = new Map(),
): { existing: Map<string, string>; now: number } {
  return { existing: new Map([...existing, ["ca/cluster-ca.crt", certificate], ["ca/cluster-ca.key", key]]), now: Date.now() };
}

describe("an authority that is brought along", () => {
  it.each([
    ["EC", EC_KEY],
    ["RSA", ["rsa:2048"]],
    ["EC P-384", ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"]],
  ])("signs with its %s key, and OpenSSL accepts that", (_, newkey) => {
    const run = broughtRun(selfSigned({ ...COMPANY, newkey }));
    expect(codes(run, BROUGHT)).toEqual([]);
    const files = written(issue(BROUGHT, run));
    expect(files.has("ca/cluster-ca.crt")).toBe(false);
    expect(files.has("ca/cluster-ca.key")).toBe(false);
    expect(() =>
      opensslVerify(files.get("n1/cluster-ca.crt") ?? "", "sslserver", [files.get("n1/server.crt") ?? ""], run.now),
    ).not.toThrow();
    expect(factsOf(files, "n1/server.crt").issuer).toEqual({ organization: "Company", commonName: "Company CA" });
  });

  it("takes the place of Matriarch's own: certificates are renewed, keys stay", () => {
    const run = broughtRun(selfSigned(COMPANY), disk);
    expect(decisionOn("n1/server", run, BROUGHT)).toMatchObject({ action: "renew", reason: "issuer-differs", key: "existing" });
    expect(decisionOn("e1/server", run, BROUGHT)).toMatchObject({ action: "keep" });
  });

  it("never has its key copied, even from one file with its certificate", () => {
    const { certificate, key } = selfSigned(COMPANY);
    const files = issue(BROUGHT, broughtRun({ certificate: `${key}${certificate}`, key }));
    expect(files.find(({ path }) => path === "n1/cluster-ca.crt")?.content).toBe(certificate);
    expect(files.some(({ content }) => content.includes(key.split("\n")[1] ?? "?"))).toBe(false);
  });

  it("has its files named as the topology names them", () => {
    expect(plan(BROUGHT).findings[0]).toMatchObject({
      code: "authority-missing",
      path: ["tls", "ca"],
      message: "The CA's files are not there: company.crt.",
    });
  });

  it.each([
    ["no CA", ["basicConstraints=critical,CA:FALSE"], "it is no CA (basicConstraints)"],
    ["lax", ["basicConstraints=CA:TRUE", CA_USAGE], "its basicConstraints are not critical"],
    ["without key usage", [], "it may not sign certificates (keyUsage keyCertSign)"],
    ["without a key id", ["subjectKeyIdentifier=none", CA_USAGE], "it has no subject key id"],
    ["for clients only", [CA_USAGE, "extendedKeyUsage=clientAuth"], "it may not sign for servers and clients (extendedKeyUsage)"],
    ["for any use", [CA_USAGE, "extendedKeyUsage=anyExtendedKeyUsage"], "it may not sign for servers and clients (extendedKeyUsage)"],
  ])("is refused when it is %s", (_, extensions, flaw) => {
    const { findings } = plan(BROUGHT, broughtRun(selfSigned({ ...COMPANY, extensions })));
    expect(findings).toMatchObject([
      { code: "authority-unfit", severity: "error", message: `The CA cannot be used: company.crt: ${flaw}.` },
    ]);
  });

  it("is refused when its key is of a kind that cannot sign here, or it cannot be read", () => {
    expect(codes(broughtRun(selfSigned({ ...COMPANY, newkey: ["ed25519"] })), BROUGHT)).toEqual(["authority-unfit"]);
    expect(codes(broughtRun({ certificate: "garbage", key: "" }), BROUGHT)).toEqual(["authority-unfit"]);
  });

  it("may be restricted to servers and clients, and need not be allowed to sign revocation lists: OpenSSL agrees", () => {
    const run = broughtRun(
      selfSigned({ ...COMPANY, extensions: ["keyUsage=critical,keyCertSign", "extendedKeyUsage=serverAuth,clientAuth"] }),
    );
    expect(codes(run, BROUGHT)).toEqual([]);
    const files = written(issue(BROUGHT, run));
    const verify = (purpose: Purpose, path: string) =>
      opensslVerify(files.get("n1/cluster-ca.crt") ?? "", purpose, [files.get(path) ?? ""], run.now);
    expect(() => verify("sslserver", "n1/server.crt")).not.toThrow();
    expect(() => verify("sslclient", "n1/rest-client.crt")).not.toThrow();
  });

  it("is refused with a short RSA key", () => {
    const { findings } = plan(BROUGHT, broughtRun(selfSigned({ ...COMPANY, newkey: ["rsa:1024"] })));
    expect(findings).toMatchObject([{ code: "authority-unfit", message: expect.stringContaining("its RSA key has less than 2048 bits") }]);
  });

  it("is refused where it forbids the names of the cluster", () => {
    const extensions = [CA_USAGE, "nameConstraints=critical,permitted;DNS:example.org"];
    const { findings } = plan(BROUGHT, broughtRun(selfSigned({ ...COMPANY, extensions })));
    expect(findings).toMatchObject([{ code: "authority-names-excluded", severity: "error", path: ["tls", "ca"] }]);
    expect(findings[0]?.message).toContain("company.crt: DNS:hap, DNS:localhost, DNS:n1, DNS:pgb.");
  });

  it("ends certificates with it, and says so", () => {
    const run = broughtRun(selfSigned({ ...COMPANY, days: 100 }));
    const later = { ...run, now: run.now + 80 * DAY };
    expect(codes(later, BROUGHT)).toEqual(["authority-expires-soon"]);
    const files = written(issue(BROUGHT, later), later.existing);
    expect(factsOf(files, "n1/server.crt").notAfter).toBe(factsOf(files, "ca/cluster-ca.crt").notAfter);
  });
});

/** An authority and what is above it, as its file would hold them. */
interface Chain extends Foreign {
  readonly notAfter: number;
}

/** An authority below another one; nothing may stand below it. */
function below(above: Chain, commonName: string, claimedKeyId?: Uint8Array): Chain {
  const now = Date.now();
  const issuer = factsOf(new Map([["ca", above.certificate]]), "ca");
  const key = nodeSigner.generateKeyPair("ecdsa-p256");
  const notAfter = now + 50 * DAY;
  const content = {
    issuer: issuer.subjectDer,
    subject: encodeSubject({ organization: "Company", commonName }),
    notBefore: now - DAY,
    notAfter,
    publicKey: key.publicKey,
    extensions: [
      authorityConstraints(),
      keyUsage(AUTHORITY_KEY_USAGE),
      subjectKeyId(describePublicKey(key.publicKey).keyId),
      ...(claimedKeyId?.length === 0 ? [] : [authorityKeyId(claimedKeyId ?? issuer.subjectKeyId ?? new Uint8Array())]),
    ],
  };
  const certificate = signCertificate(content, { privateKeyPem: above.key, publicKey: issuer.publicKey }, nodeSigner);
  return { certificate: `${certificate}${above.certificate}`, key: key.privateKeyPem, notAfter };
}

/** The certificates of a file, one by one. */
function certificatesIn(file: string): string[] {
  return file.match(/-----BEGIN[^-]*-----[^-]*-----END[^-]*-----\n/g) ?? [];
}

describe("an authority below another one", () => {
  const root: Chain = { ...selfSigned(COMPANY), notAfter: Number.POSITIVE_INFINITY };
  const refusal = ({ certificate, key }: Foreign) => plan(BROUGHT, broughtRun({ certificate, key })).findings;

  it.each(["in their order", "after another one"])("signs, with those above it in its file %s, and OpenSSL accepts that", (order) => {
    const { certificate, key, notAfter } = below(root, "Databases");
    const [own = ""] = certificatesIn(certificate);
    const unrelated = selfSigned({ ...COMPANY, subject: "/O=Other/CN=Other CA" }).certificate;
    const run = broughtRun({ certificate: order === "in their order" ? certificate : `${own}${unrelated}${root.certificate}`, key });
    expect(codes(run, BROUGHT)).toEqual([]);
    const files = written(issue(BROUGHT, run));
    expect(() =>
      opensslVerify(files.get("n1/cluster-ca.crt") ?? "", "sslserver", [files.get("n1/server.crt") ?? ""], run.now),
    ).not.toThrow();
    expect(factsOf(files, "n1/server.crt").notAfter).toBe(Math.floor(notAfter / 1000) * 1000);
  });

  it("is refused without its root", () => {
    const { certificate, key } = below(root, "Databases");
    const [own = ""] = certificatesIn(certificate);
    expect(refusal({ certificate: own, key })).toMatchObject([
      {
        code: "authority-chain-broken",
        severity: "error",
        message: expect.stringContaining("company.crt: its root is missing: append it"),
      },
    ]);
  });

  it("is refused below another key of its root's name", () => {
    const { certificate, key } = below(root, "Databases");
    const [own = ""] = certificatesIn(certificate);
    const namesake = selfSigned(COMPANY);
    expect(refusal({ certificate: `${own}${namesake.certificate}`, key })).toMatchObject([
      { code: "authority-chain-broken", message: expect.stringContaining('"Databases" was signed with another key') },
    ]);
  });

  it("is refused when the one above it did not sign it, whatever names and key ids say", () => {
    const { certificate, key } = below(root, "Databases");
    const [own = "", ...above] = certificatesIn(certificate);
    const [der = new Uint8Array()] = decodePem("CERTIFICATE", own);
    const forged = encodePem("CERTIFICATE", der.with(der.length - 1, (der.at(-1) ?? 0) ^ 1));
    expect(refusal({ certificate: `${forged}${above.join("")}`, key })).toMatchObject([
      {
        code: "authority-chain-broken",
        message: expect.stringContaining('"Databases" does not bear the signature of the certificate above it'),
      },
    ]);
  });

  it("is refused when it does not name its issuer's key", () => {
    expect(refusal(below(root, "Databases", new Uint8Array()))).toMatchObject([
      { code: "authority-chain-broken", message: expect.stringContaining("does not name its issuer's key") },
    ]);
  });

  it("is refused below one that allows nothing below it; so does OpenSSL", () => {
    const chain = below(below(root, "Middle"), "Databases");
    expect(refusal(chain)).toMatchObject([
      { code: "authority-chain-broken", message: expect.stringContaining('"Middle" allows 0 authorities below it, and 1 stand there') },
    ]);
    const [signed = "", ...above] = certificatesIn(below(chain, "Signed").certificate);
    expect(() => opensslVerify(above.join(""), "any", [signed], Date.now())).toThrow();
  });
});

describe("the reference", () => {
  it("is planned and issued in well under 200 ms", () => {
    const reference = exampleTopology("two-datacenters");
    const durations = Array.from({ length: 5 }, () => {
      const start = performance.now();
      issue(reference);
      return performance.now() - start;
    });
    // The best of a few: the machine has other work as well.
    expect(Math.min(...durations)).toBeLessThan(200);
  });
});
