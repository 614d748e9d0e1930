import { topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { issueLeaf } from "../issue/issue.ts";
import { requestsOf } from "../requests.ts";
import { nodeSigner } from "../testing/node-signer.ts";
import { EC_KEY, opensslVerify, selfSigned } from "../testing/openssl.ts";
import { readAuthority } from "./authority-facts.ts";
import { reconcileAuthority } from "./authority.ts";
import { forbiddenNames } from "./name-constraints.ts";

const TEXT = `cluster: c
nodes: { n1: [postgresql], b: [haproxy] }
publish_address: 192.0.2.10
databases: { app: {} }
tls: { ca: { certificate: company.crt, key: company.key }, names: [db.example.org] }
`;
const { authorities, leaves } = requestsOf(topologyOf(TEXT));
const LEAVES = leaves.filter(({ authority }) => authority === "cluster");

/** What is forbidden, by Matriarch and by OpenSSL, to an authority with this extension: paths of certificates. */
function verdicts(constraints: string) {
  const extensions = ["keyUsage=critical,keyCertSign,cRLSign", `nameConstraints=${constraints}`];
  const { certificate, key } = selfSigned({ newkey: EC_KEY, subject: "/O=Company/CN=Company CA", extensions });
  // OpenSSL makes it valid from now on.
  const now = Date.now();
  const [request] = authorities;
  const reading = readAuthority(certificate, now, nodeSigner.isSignedBy);
  if (request === undefined || "flaw" in reading) throw new Error("the authority should be readable");
  const existing = new Map([
    [`${request.path}.crt`, certificate],
    [`${request.path}.key`, key],
  ]);
  const circumstances = {
    existing,
    now,
    keys: nodeSigner,
    renewal: "none",
    keyType: "ecdsa-p256",
    leafDays: 30,
  } as const;
  const authority = reconcileAuthority(request, [], circumstances);
  const { publicKey } = nodeSigner.generateKeyPair("ecdsa-p256");
  const isRefused = (leaf: (typeof LEAVES)[number]) => {
    const text = issueLeaf(leaf, publicKey, { ...reading.facts, privateKeyPem: key }, 30, now, nodeSigner);
    try {
      opensslVerify(certificate, "any", [text], now);
      return false;
    } catch {
      return true;
    }
  };
  return {
    ours: LEAVES.filter((leaf) => forbiddenNames(authority, [leaf]).length > 0).map(({ path }) => path),
    openssl: LEAVES.filter(isRefused).map(({ path }) => path),
    message: forbiddenNames(authority, LEAVES).map(({ about }) => about),
  };
}

describe("an authority's name constraints", () => {
  it.each([
    [
      "that permit all that is needed",
      "critical,permitted;DNS:n1,permitted;DNS:b,permitted;DNS:localhost,permitted;DNS:example.org",
      false,
    ],
    ["that permit a domain only", "critical,permitted;DNS:example.org", true],
    ["that permit hosts below a domain, and none of that name", "critical,permitted;DNS:.db.example.org", true],
    ["that exclude one name", "critical,excluded;DNS:b", true],
    ["that exclude a domain", "critical,excluded;DNS:org", true],
    ["that permit a network", "critical,permitted;IP:192.0.2.0/255.255.255.0", true],
    ["that permit both networks", "critical,permitted;IP:192.0.2.0/255.255.255.0,permitted;IP:127.0.0.0/255.0.0.0", false],
    ["that exclude an address", "critical,excluded;IP:192.0.2.10/255.255.255.255", true],
    ["that permit another host's identifiers", "critical,permitted;URI:example.org", true],
    ["that permit the cluster's identifiers", "critical,permitted;URI:c", false],
    ["about mail only, critical or not", "permitted;email:example.org", false],
  ])("%s forbid to Matriarch what they forbid to OpenSSL", (_, constraints, forbidsSome) => {
    const { ours, openssl } = verdicts(constraints);
    expect(ours).toEqual(openssl);
    expect(ours.length > 0).toBe(forbidsSome);
  });

  it("are told with the names, each once", () => {
    expect(verdicts("critical,permitted;DNS:example.org").message).toEqual(["company.crt: DNS:b, DNS:localhost, DNS:n1"]);
    expect(verdicts("critical,permitted;DNS:n1").message).toEqual(["company.crt: DNS:b, DNS:db.example.org, DNS:localhost"]);
  });
});
