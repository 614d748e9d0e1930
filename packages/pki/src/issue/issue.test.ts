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
  const certificateOf = ({ path }: LeafRequest): string => text(`${path}.crt`);
  const issuerOf = (leaf: LeafRequest): string => authorities.find(({ authority }) => authority === leaf.authority)?.path ?? "";

  it("are accepted by OpenSSL, strictly, for exactly their uses", () => {
    for (const { path } of authorities) {
      const signed = leaves.filter((request) => issuerOf(request) === path);
      for (const use of ["server", "client"] as const) {
        const [fit, unfit] = [true, false].map((wanted) => signed.filter(({ uses }) => uses.includes(use) === wanted).map(certificateOf));
        expect(() => opensslVerify(text(`${path}.crt`), PURPOSES[use], fit ?? [], NOW)).not.toThrow();
        for (const certificate of unfit?.slice(0, 2) ?? []) {
          expect(() => opensslVerify(text(`${path}.crt`), PURPOSES[use], [certificate], NOW)).toThrow("unsuitable certificate purpose");
        }
      }
    }
  });

  it("are refused by OpenSSL under each other's authority", () => {
    for (const { path } of authorities) {
      const strangers = leaves.filter((request) => issuerOf(request) !== path).map(certificateOf);
      expect(() => opensslVerify(text(`${path}.crt`), "any", strangers.slice(0, 1), NOW)).toThrow("unable to get local issuer certificate");
    }
  });

  it("say what was asked for", () => {
    const said = leaves.map(({ path }) => {
      const { subject, names, uses, keyUsage, isAuthority, issuer } = factsOf(disk, `${path}.crt`);
      return { path, subject, names, uses, keyUsage, isAuthority, issuer };
    });
    const asked = leaves.map((request) => ({
      path: request.path,
      subject: request.subject,
      names: request.names.map(formatName),
      uses: request.uses,
      keyUsage: ["digitalSignature"],
      isAuthority: false,
      issuer: authorities.find(({ path }) => path === issuerOf(request))?.subject,
    }));
    expect(said).toEqual(asked);
  });

  it("refer to their key and to their issuer's by key ids", () => {
    const said = leaves.map(({ path }) => {
      const { subjectKeyId, authorityKeyId } = factsOf(disk, `${path}.crt`);
      return { path, subjectKeyId, authorityKeyId };
    });
    const wanted = leaves.map((request) => ({
      path: request.path,
      subjectKeyId: factsOf(disk, `${request.path}.crt`).key.keyId,
      authorityKeyId: factsOf(disk, `${issuerOf(request)}.crt`).subjectKeyId,
    }));
    expect(said).toEqual(wanted);
  });

  it("are signed by their issuer and belong to their key, says Node", () => {
    const wrong = leaves.filter((request) => {
      const certificate = new X509Certificate(certificateOf(request));
      const issuer = new X509Certificate(text(`${issuerOf(request)}.crt`));
      const key = createPrivateKey(text(`${request.path}.key`));
      return !certificate.verify(issuer.publicKey) || !certificate.checkIssued(issuer) || !certificate.checkPrivateKey(key);
    });
    expect(wrong).toEqual([]);
  });

  it("speak for every name that they carry, says Node", () => {
    const wrong = leaves.flatMap((request) => {
      const certificate = new X509Certificate(certificateOf(request));
      const speaksFor = {
        dns: (name: string) => certificate.checkHost(name, { subject: "never" }),
        ip: (name: string) => certificate.checkIP(name),
      };
      return request.names.filter(({ kind, value }) => kind !== "uri" && speaksFor[kind](value) !== value);
    });
    expect(wrong).toEqual([]);
  });

  it("have authorities that may sign certificates and revocation lists, and no authority below them", () => {
    for (const { path, subject } of authorities) {
      expect(factsOf(disk, `${path}.crt`)).toMatchObject({
        subject,
        issuer: subject,
        isAuthority: true,
        constraintsCritical: true,
        pathLength: 0,
        keyUsage: ["keyCertSign", "cRLSign"],
        uses: [],
      });
    }
  });

  it("have keys in PKCS#8, in lines that end in LF", () => {
    const [keys, others] = [true, false].map((isKey) =>
      [...disk].filter(([path]) => path.endsWith(".key") === isKey).map(([, content]) => content),
    );
    for (const content of keys ?? [])
      expect(content).toMatch(/^-----BEGIN PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+-----END PRIVATE KEY-----\n$/);
    for (const content of others ?? [])
      expect(content).toMatch(/^-----BEGIN (CERTIFICATE|PUBLIC KEY)-----\n[A-Za-z0-9+/=\n]+-----END \1-----\n$/);
  });

  it("give all of etcd's members the same token key, which is in no certificate", () => {
    const keys = topology.etcd.map(({ name }) => text(`${name}/token.key`));
    expect(new Set(keys)).toEqual(new Set([text("ca/etcd-token.key")]));
    const publicKey = createPublicKey(text(`${topology.etcd[0]?.name}/token.pub`));
    expect(publicKey.equals(createPublicKey(text("ca/etcd-token.key")))).toBe(true);
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

function makeAuthority(
  type: Parameters<typeof nodeSigner.generateKeyPair>[0] = "ecdsa-p256",
  days = 3650,
): { readonly pem: string; readonly issuer: Issuer } {
  const key = nodeSigner.generateKeyPair(type);
  const pem = issueAuthority(AUTHORITY, key, days, NOW, nodeSigner);
  const { subjectDer, subjectKeyId, notAfter } = readFacts(pem);
  if (subjectKeyId === null) throw new Error("an authority without a key id");
  return { pem, issuer: { ...key, subject: subjectDer, keyId: subjectKeyId, notAfter } };
}

const makeLeaf = (
  issuer: Issuer,
  request = LEAF,
  days = 397,
  type: Parameters<typeof nodeSigner.generateKeyPair>[0] = "ecdsa-p256",
): string => issueLeaf(request, nodeSigner.generateKeyPair(type).publicKey, issuer, days, NOW, nodeSigner);

describe("a certificate", () => {
  const { pem, issuer } = makeAuthority();

  it("is valid from a little before now, for as many days as are asked for", () => {
    const facts = readFacts(makeLeaf(issuer));
    expect(facts.notBefore).toBe(NOW - 5 * 60 * 1000);
    expect(facts.notAfter).toBe(NOW + 397 * DAY);
  });

  it("never outlives its authority", () => {
    expect(readFacts(makeLeaf(issuer, LEAF, 4000)).notAfter).toBe(issuer.notAfter);
  });

  it("may end after 2049, where the encoding of years changes", () => {
    const { pem: longLived, issuer: other } = makeAuthority("ecdsa-p256", 36500);
    expect(new Date(readFacts(longLived).notAfter).getUTCFullYear()).toBe(2125);
    expect(() => opensslVerify(longLived, "sslserver", [makeLeaf(other, LEAF, 30000)], NOW)).not.toThrow();
  });

  it("has a serial number of 16 bytes that is positive and random", () => {
    const serials = Array.from({ length: 20 }, () => readFacts(makeLeaf(issuer)).serial);
    for (const serial of serials) {
      expect(serial).toHaveLength(16);
      expect(serial[0] ?? 0).toBeGreaterThanOrEqual(0x40);
      expect(serial[0] ?? 0).toBeLessThan(0x80);
    }
    expect(new Set(serials.map(String)).size).toBe(20);
  });

  it("is signed with SHA-256, its names in UTF-8", () => {
    const { raw } = new X509Certificate(makeLeaf(issuer));
    const ecdsaWithSha256 = Buffer.from("06082a8648ce3d040302", "hex");
    expect(raw.indexOf(ecdsaWithSha256)).not.toBe(raw.lastIndexOf(ecdsaWithSha256));
    expect(raw.includes(Buffer.from("0603550403 0c02 6e31".replaceAll(" ", ""), "hex"))).toBe(true);
  });

  it("without a common name has none, not an empty one", () => {
    const certificate = new X509Certificate(makeLeaf(issuer, { ...LEAF, subject: { organization: "c", commonName: null } }));
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
        const facts = readFacts(makeLeaf(issuer, { ...LEAF, subject: { organization, commonName }, names }));
        expect(facts.subject).toEqual({ organization, commonName });
        expect(facts.names).toEqual(names.map(formatName));
      }),
    );
  });

  it("is refused by OpenSSL after a single byte of it has changed", () => {
    const certificate = makeLeaf(issuer);
    expect(() => opensslVerify(pem, "sslserver", [certificate], NOW)).not.toThrow();
    const { raw } = new X509Certificate(certificate);
    raw.writeUInt8(raw.readUInt8(40) ^ 1, 40);
    const changed = `-----BEGIN CERTIFICATE-----\n${raw.toString("base64")}\n-----END CERTIFICATE-----\n`;
    expect(() => opensslVerify(pem, "sslserver", [changed], NOW)).toThrow("verification failed");
  });
});

describe("key types", () => {
  it.each(["rsa-2048", "rsa-3072", "rsa-4096"] as const)(
    "%s: keys of that size, and servers may be asked to decrypt",
    { timeout: 60_000 },
    (type) => {
      const { pem, issuer } = makeAuthority(type);
      const server = makeLeaf(issuer, LEAF, 397, type);
      expect(() => opensslVerify(pem, "sslserver", [server], NOW)).not.toThrow();
      const facts = readFacts(server);
      expect(facts.key).toMatchObject({ algorithm: "rsa", type });
      expect(facts.keyUsage).toEqual(["digitalSignature", "keyEncipherment"]);
      expect(new X509Certificate(server).publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: Number(type.slice(4)) });
    },
  );

  it("of a client with RSA: signing is enough", () => {
    const { issuer } = makeAuthority();
    expect(readFacts(makeLeaf(issuer, { ...LEAF, uses: ["client"] }, 397, "rsa-2048")).keyUsage).toEqual(["digitalSignature"]);
  });

  it("may differ between authority and leaf: the authority's decides on the signature", () => {
    const { pem, issuer } = makeAuthority("rsa-2048");
    expect(() => opensslVerify(pem, "sslserver", [makeLeaf(issuer)], NOW)).not.toThrow();
  });
});
