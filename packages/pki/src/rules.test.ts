import { resolve, topologySchema } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology, topologyOf, validTopology } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PKI_CODES } from "./codes.ts";
import { dialsOf } from "./dials.ts";
import { requestsOf } from "./requests.ts";
import { missingNames, pkiRules } from "./rules.ts";

const MINIMAL = "cluster: c\nnodes: { n1: [etcd, postgresql] }\n";
const findings = (text: string) => pkiRules.flatMap((rule) => rule(topologyOf(text)));

describe("pkiRules", () => {
  it.each(EXAMPLE_NAMES)("find nothing in %s", (example) => {
    expect(pkiRules.flatMap((rule) => rule(exampleTopology(example)))).toEqual([]);
  });

  it.each(["ca", "clients"])("refuse a node called %s: its folder is taken", (name) => {
    const found = findings(`cluster: c\nnodes: { ${name}: [postgresql] }\n`);
    expect(found).toMatchObject([{ code: "reserved-member-name", severity: "error", path: ["nodes", name] }]);
  });

  it("accept a node called ca that has several roles: its members have other names", () => {
    expect(findings("cluster: c\nnodes: { ca: [etcd, postgresql] }\n")).toEqual([]);
  });

  it.each(["a..b", "a.-b.c", "1.2.3", "300.1.1.1", "10.0.0.010", `${"x".repeat(64)}.org`, "db.example.5"])("refuse the name %s", (name) => {
    expect(findings(`${MINIMAL}tls: { names: [good.example, "${name}"] }\n`)).toMatchObject([
      { code: "invalid-tls-name", path: ["tls", "names", 1] },
    ]);
  });

  it.each(["localhost", "db-1.example.org", "5.example", "192.0.2.255", "0.0.0.0"])("accept the name %s", (name) => {
    expect(findings(`${MINIMAL}tls: { names: ["${name}"] }\n`)).toEqual([]);
  });

  it("report codes of this package only", () => {
    const texts = ["cluster: c\nnodes: { ca: [postgresql] }\ntls: { names: [a..b]}\n"];
    const codes = texts.flatMap(findings).map(({ code }) => code);
    expect(codes).toHaveLength(2);
    expect(PKI_CODES).toEqual(expect.arrayContaining(codes));
  });
});

const WHOLE = "cluster: c\nnodes: { e1: [etcd], n1: [postgresql], n2: [postgresql], b: [haproxy], p: [pgbouncer] }\n";

describe("every name that is dialled", () => {
  it("is on the certificate that answers, in any valid topology", () => {
    fc.assert(
      fc.property(validTopology, (written) => {
        const topology = resolve(topologySchema.parse(written));
        expect(missingNames(dialsOf(topology), requestsOf(topology).leaves)).toEqual([]);
      }),
    );
  });

  it.each([
    ["e1/peer", "e1", "dialled by etcd"],
    ["e1/server", "e1", "dialled by Patroni"],
    ["n2/rest", "n2", "dialled by Patroni and HAProxy's checks"],
    ["n2/server", "b", "dialled by PgBouncer"],
    ["p/server", "127.0.0.1", "dialled by clients of other machines"],
  ])("is missed on %s where it is taken off: %s", (path, taken, who) => {
    const topology = topologyOf(WHOLE);
    const leaves = requestsOf(topology).leaves.map((leaf) =>
      leaf.path === path ? { ...leaf, names: leaf.names.filter(({ value }) => value !== taken) } : leaf,
    );
    const found = missingNames(dialsOf(topology), leaves);
    expect(found).toMatchObject([{ code: "dialled-name-missing", severity: "error" }]);
    expect(found[0]?.message).toContain(`The name ${taken}, which is ${who}, is not on the certificate ${path}`);
  });

  it("cannot be on a certificate when nobody says which it is", () => {
    const published = (rest: string) => findings(`${WHOLE}publish_address: 0.0.0.0\n${rest}`);
    expect(published("")).toMatchObject([{ code: "dialled-name-missing", severity: "warning", path: ["publish_address"] }]);
    expect(published("tls: { names: [db.example.org] }")).toEqual([]);
    expect(findings(`${WHOLE}publish_address: 192.0.2.10`)).toEqual([]);
  });
});
