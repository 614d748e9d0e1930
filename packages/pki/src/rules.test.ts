import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { PKI_CODES } from "./codes.ts";
import { pkiRules } from "./rules.ts";

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
