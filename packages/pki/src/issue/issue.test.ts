import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import type { Topology } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY } from "../calendar.ts";
import { inspect } from "../inspect/inspect.ts";
import type { LeafRequest } from "../model.ts";
import { alternativeNames, formatName } from "../names.ts";
import { requestsOf } from "../requests.ts";
import { factsOf, issue, NOW, written } from "../testing/cluster.ts";
import { nodeSigner } from "../testing/node-signer.ts";
import { opensslVerify } from "../testing/openssl.ts";
import { type Issuer, issueAuthority, issueLeaf } from "./issue.ts";

const PURPOSES = { server: "sslserver", client: "sslclient" } as const;

describe.each(EXAMPLE_NAMES)("the certificates of %s", (example) => {
  const asWritten = exampleTopology(example);
  // RSA keys take their time, and have tests of their own below.
  const topology: Topology = { ...asWritten, tls: { ...asWritten.tls, keyType: "ecdsa-p256" } };
  const disk = written(issue(topology));
  const { authorities, leaves } = requestsOf(topology);
  const text = (path: string): string => disk.get(path) ?? "";
  const authorityOf = ({ authority }: LeafRequest): string => authorities.find((request) => request.authority === authority)?.path ?? "";

  it("are accepted by OpenSSL, strictly, for exactly their uses", () => {
    for (const { path } of authorities) {
      const signed = leaves.filter((leaf) => authorityOf(leaf) === path);
      for (const use of ["server", "client"] as const) {
        const [wanted, others] = [signed.filter(({ uses }) => uses.includes(use)), signed.filter(({ uses }) => !uses.includes(use))];
        if (wanted.length > 0)
          opensslVerify(
            text(`${path}.crt`),
            PURPOSES[use],
            wanted.map((leaf) => text(`${leaf.path}.crt`)),
            NOW,
          );
        for (const other of others.slice(0, 2))
          expect(() => opensslVerify(text(`${path}.crt`), PURPOSES[use], [text(`${other.path}.crt`)], NOW)).toThrow();
      }
    }
  });

  it("are refused by OpenSSL under each other's authority", () => {
    for (const { path } of authorities) {
      const stranger = leaves.find((leaf) => authorityOf(leaf) !== path);
      expect(() => opensslVerify(text(`${path}.crt`), "any", [text(`${stranger?.path}.crt`)], NOW)).toThrow();
    }
  });

  it("say what was asked for, and belong to their keys", () => {
    for (const leaf of leaves) {
      const facts = factsOf(disk, `${leaf.path}.crt`);
      expect(facts.subject, leaf.path).toEqual(leaf.subject);
      expect(facts.names, leaf.path).toEqual(leaf.names.map(formatName));
      expect(facts.uses, leaf.path).toEqual(leaf.uses);
      expect(facts.keyUsage, leaf.path).toEqual(["digitalSignature"]);
      expect(facts.isAuthority, leaf.path).toBe(false);
      const authority = factsOf(disk, `${authorityOf(leaf)}.crt`);
      expect(facts.issuer, leaf.path).toEqual(authority.subject);
      expect(facts.authorityKeyId, leaf.path).toEqual(authority.subjectKeyId);
      expect(facts.subjectKeyId, leaf.path).toEqual(facts.key.keyId);
    }
  });

  it("read the same for Node as they do here", () => {
    for (const leaf of leaves) {
      const certificate = new X509Certificate(text(`${leaf.path}.crt`));
      const authority = new X509Certificate(text(`${authorityOf(leaf)}.crt`));
      expect(certificate.verify(authority.publicKey), leaf.path).toBe(true);
      expect(certificate.checkIssued(authority), leaf.path).toBe(true);
      expect(certificate.checkPrivateKey(createPrivateKey(text(`${leaf.path}.key`))), leaf.path).toBe(true);
      for (const { kind, value } of leaf.names) {
        if (kind === "dns") expect(certificate.checkHost(value, { subject: "never" }), leaf.path).toBe(value);
        if (kind === "ip") expect(certificate.checkIP(value), leaf.path).toBe(value);
      }
    }
  });

  it("have authorities that may sign certificates and revocation lists, and no authority below them", () => {
    for (const { path, subject } of authorities) {
      const facts = factsOf(disk, `${path}.crt`);
      expect(facts).toMatchObject({ subject, issuer: subject, isAuthority: true, constraintsCritical: true, pathLength: 0 });
      expect(facts.keyUsage).toEqual(["keyCertSign", "cRLSign"]);
      expect(facts.uses).toEqual([]);
    }
  });

  it("have keys in PKCS#8, in lines that end in LF", () => {
    for (const [path, content] of disk) {
      expect(content.includes("\r"), path).toBe(false);
      expect(content.endsWith("-----\n"), path).toBe(true);
      if (path.endsWith(".key")) expect(content.startsWith("-----BEGIN PRIVATE KEY-----\n"), path).toBe(true);
    }
  });

  it("give all of etcd's members the same token key, which is in no certificate", () => {
    const keys = topology.etcd.map(({ name }) => text(`${name}/token.key`));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toBe(text("ca/etcd-token.key"));
    const publicKey = createPublicKey(text(`${topology.etcd[0]?.name}/token.pub`));
    expect(publicKey.equals(createPublicKey(keys[0] ?? ""))).toBe(true);
    expect(publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: "prime256v1" });
  });
});

const AUTHORITY = {
  authority: "cluster",
  path: "ca/cluster-ca",
  subject: { organization: "c", commonName: "CA" },
  broughtAlong: null,
} as const;
const LEAF: LeafRequest = {
  path: "n1/server",
  authority: "cluster",
  subject: { organization: "c", commonName: "n1" },
  uses: ["server"],
  names: alternativeNames(["n1"]),
  owner: null,
};

function readFacts(pem: string) {
  const inspection = inspect(pem);
  if (!inspection.ok) throw new Error(inspection.problem);
  return inspection.facts;
}

function authority(
  type: Parameters<typeof nodeSigner.generateKeyPair>[0] = "ecdsa-p256",
  days = 3650,
): { readonly pem: string; readonly issuer: Issuer } {
  const key = nodeSigner.generateKeyPair(type);
  const pem = issueAuthority(AUTHORITY, key, days, NOW, nodeSigner);
  const { subjectDer, subjectKeyId, notAfter } = readFacts(pem);
  if (subjectKeyId === null) throw new Error("an authority without a key id");
  return { pem, issuer: { ...key, subject: subjectDer, keyId: subjectKeyId, notAfter } };
}

const leaf = (issuer: Issuer, request = LEAF, days = 397, type: Parameters<typeof nodeSigner.generateKeyPair>[0] = "ecdsa-p256"): string =>
  issueLeaf(request, nodeSigner.generateKeyPair(type).publicKey, issuer, days, NOW, nodeSigner);

describe("a certificate", () => {
  const { pem, issuer } = authority();

  it("is valid from a little before now, for as many days as are asked for", () => {
    const facts = readFacts(leaf(issuer));
    expect(facts.notBefore).toBe(NOW - 5 * 60 * 1000);
    expect(facts.notAfter).toBe(NOW + 397 * DAY);
  });

  it("never outlives its authority", () => {
    expect(readFacts(leaf(issuer, LEAF, 4000)).notAfter).toBe(issuer.notAfter);
  });

  it("may end after 2049, where the encoding of years changes", () => {
    const { pem: longLived, issuer: other } = authority("ecdsa-p256", 36500);
    expect(new Date(readFacts(longLived).notAfter).getUTCFullYear()).toBe(2125);
    opensslVerify(longLived, "sslserver", [leaf(other, LEAF, 30000)], NOW);
  });

  it("has a serial number of 16 bytes that is positive and random", () => {
    const serials = Array.from({ length: 20 }, () => readFacts(leaf(issuer)).serial);
    for (const serial of serials) {
      expect(serial).toHaveLength(16);
      expect(serial[0] ?? 0).toBeGreaterThanOrEqual(0x40);
      expect(serial[0] ?? 0).toBeLessThan(0x80);
    }
    expect(new Set(serials.map(String)).size).toBe(20);
  });

  it("is signed with SHA-256, its names in UTF-8", () => {
    const { raw } = new X509Certificate(leaf(issuer));
    const ecdsaWithSha256 = Buffer.from("06082a8648ce3d040302", "hex");
    expect(raw.indexOf(ecdsaWithSha256)).not.toBe(raw.lastIndexOf(ecdsaWithSha256));
    expect(raw.includes(Buffer.from("0603550403 0c02 6e31".replaceAll(" ", ""), "hex"))).toBe(true);
  });

  it("without a common name has none, not an empty one", () => {
    const certificate = new X509Certificate(leaf(issuer, { ...LEAF, subject: { organization: "c", commonName: null } }));
    expect(certificate.subject).toBe("O=c");
  });

  it("is the same for the same key, time, chance and signature", () => {
    const { publicKey } = nodeSigner.generateKeyPair("ecdsa-p256");
    const still = { ...nodeSigner, randomBytes: (count: number) => new Uint8Array(count), sign: () => new Uint8Array([1, 2, 3]) };
    const once = (): string => issueLeaf(LEAF, publicKey, issuer, 397, NOW, still);
    expect(once()).toBe(once());
  });

  it("carries any role, cluster and node that a topology can name", () => {
    const identifier = fc.stringMatching(/^[a-z_][a-z0-9_]{0,58}$/);
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
    fc.assert(
      fc.property(identifier, label, fc.array(fc.oneof(label, fc.ipV4())), (commonName, organization, dialled) => {
        const names = alternativeNames([organization, ...dialled]);
        const facts = readFacts(leaf(issuer, { ...LEAF, subject: { organization, commonName }, names }));
        expect(facts.subject).toEqual({ organization, commonName });
        expect(facts.names).toEqual(names.map(formatName));
      }),
    );
  });

  it("is refused by OpenSSL after a single byte of it has changed", () => {
    const certificate = leaf(issuer);
    opensslVerify(pem, "sslserver", [certificate], NOW);
    const { raw } = new X509Certificate(certificate);
    raw.writeUInt8(raw.readUInt8(40) ^ 1, 40);
    const changed = `-----BEGIN CERTIFICATE-----\n${raw.toString("base64")}\n-----END CERTIFICATE-----\n`;
    expect(() => opensslVerify(pem, "sslserver", [changed], NOW)).toThrow();
  });
});

describe("key types", () => {
  it.each(["rsa-2048", "rsa-3072", "rsa-4096"] as const)(
    "%s: keys of that size, and servers may be asked to decrypt",
    { timeout: 60_000 },
    (type) => {
      const { pem, issuer } = authority(type);
      const server = leaf(issuer, LEAF, 397, type);
      opensslVerify(pem, "sslserver", [server], NOW);
      const facts = readFacts(server);
      expect(facts.key).toMatchObject({ algorithm: "rsa", type });
      expect(facts.keyUsage).toEqual(["digitalSignature", "keyEncipherment"]);
      expect(new X509Certificate(server).publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: Number(type.slice(4)) });
    },
  );

  it("of a client with RSA: signing is enough", () => {
    const { issuer } = authority();
    expect(readFacts(leaf(issuer, { ...LEAF, uses: ["client"] }, 397, "rsa-2048")).keyUsage).toEqual(["digitalSignature"]);
  });

  it("may differ between authority and leaf: the authority's decides on the signature", () => {
    const { pem, issuer } = authority("rsa-2048");
    opensslVerify(pem, "sslserver", [leaf(issuer)], NOW);
  });
});
