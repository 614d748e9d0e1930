import { exampleTopology } from "@matriarch/topology/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodePem, encodePem } from "../der/pem.ts";
import { factsOf, issue, written } from "../testing/cluster.ts";
import { EC_KEY, selfSigned } from "../testing/openssl.ts";
import { inspect, inspectAll } from "./inspect.ts";

const disk = written(issue(exampleTopology("two-datacenters")));
const server = disk.get("node1/server.crt") ?? "";

/** What others make, and what must be read in it. */
const FOREIGN = [
  [
    "an RSA root",
    { newkey: ["rsa:2048"], subject: "/C=DE/O=Example Ltd/CN=Example Root", extensions: ["keyUsage=critical,keyCertSign,cRLSign"] },
    {
      subject: { organization: "Example Ltd", commonName: "Example Root" },
      isAuthority: true,
      constraintsCritical: true,
      pathLength: null,
      keyUsage: ["keyCertSign", "cRLSign"],
      key: { algorithm: "rsa", type: "rsa-2048" },
    },
  ],
  [
    "a server with names of every kind, on another curve",
    {
      newkey: ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
      subject: "/O=Bücher/CN=host",
      extensions: [
        "subjectAltName=DNS:host.example,IP:192.0.2.1,IP:2001:db8::1,email:a@example.org,URI:https://example.org/x",
        "extendedKeyUsage=serverAuth,emailProtection",
      ],
    },
    {
      subject: { organization: "Bücher", commonName: "host" },
      names: ["DNS:host.example", "IP:192.0.2.1", "IP:20010db8000000000000000000000001", "other:1", "URI:https://example.org/x"],
      uses: ["server", "1.3.6.1.5.5.7.3.4"],
      key: { algorithm: "ecdsa", type: "ecdsa-1.3.132.0.34" },
    },
  ],
  [
    "a limit to the path",
    { newkey: EC_KEY, subject: "/CN=a", extensions: ["basicConstraints=CA:TRUE,pathlen:3"] },
    { constraintsCritical: false, pathLength: 3 },
  ],
  ["an Ed25519 key", { newkey: ["ed25519"], subject: "/CN=ed" }, { key: { algorithm: "other", type: "1.3.101.112" } }],
  ["a curve in full", { newkey: [...EC_KEY, "-pkeyopt", "ec_param_enc:explicit"], subject: "/CN=x" }, { key: { type: "ecdsa-explicit" } }],
] as const;

describe("inspect", () => {
  it("tells the facts of a certificate that Matriarch made", () => {
    const facts = factsOf(disk, "etcd1/server.crt");
    expect(facts).toMatchObject({
      subject: { organization: "patroni-cluster", commonName: null },
      issuer: { organization: "patroni-cluster", commonName: "Matriarch etcd CA" },
      uses: ["server", "client"],
      keyUsage: ["digitalSignature"],
      isAuthority: false,
      pathLength: null,
      key: { algorithm: "ecdsa", type: "ecdsa-p256" },
    });
  });

  it.each(FOREIGN)("tells the facts of a certificate that OpenSSL made: %s", (_, made, facts) => {
    expect(inspect(selfSigned(made).certificate)).toMatchObject({ ok: true, facts });
  });

  it("reads the first of several, and inspectAll each of them, among other text", () => {
    const text = `Bag Attributes\n${server}some text\n${disk.get("ca/cluster-ca.crt")}`;
    expect(inspect(text)).toEqual(inspect(server));
    expect(inspectAll(text)).toHaveLength(2);
  });

  it.each([
    ["nothing", ""],
    ["garbage", "garbage"],
    ["a key", disk.get("node1/server.key") ?? ""],
  ])("says that there is no certificate in %s", (_, text) => {
    expect(inspect(text)).toEqual({ ok: false, problem: "it holds no PEM certificate" });
  });

  it("says why a block is no certificate", () => {
    expect(inspect(encodePem("CERTIFICATE", new Uint8Array([0x30, 0])))).toMatchObject({
      ok: false,
      problem: expect.stringContaining("no X.509 certificate"),
    });
  });

  it("never throws, whatever stands in the block", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(inspect(encodePem("CERTIFICATE", bytes)).ok).toBe(false);
      }),
    );
  });

  it("never throws, wherever a good certificate is damaged or cut", () => {
    const [der = new Uint8Array()] = decodePem("CERTIFICATE", server);
    const place = fc.nat(der.length - 1);
    fc.assert(
      fc.property(place, fc.nat(255), place, (at, byte, end) => {
        const damaged = der.with(at, byte);
        expect(typeof inspect(encodePem("CERTIFICATE", damaged)).ok).toBe("boolean");
        expect(inspect(encodePem("CERTIFICATE", damaged.slice(0, end))).ok).toBe(false);
      }),
    );
  });
});
