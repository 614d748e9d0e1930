import { readFileSync } from "node:fs";
import { type Ledger, resolve, topologySchema } from "@matriarch/topology";
import { exampleText } from "@matriarch/topology/testing";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { renderComposeGeneration } from "../targets/compose/render.ts";
import { readBefore } from "./before.ts";
import { refusalsOf } from "./refusals.ts";

/** What the version at commit 95a199b rendered for the examples. */
function older(example: string) {
  const read = (name: string) => readFileSync(new URL(`../../fixtures/older/${example}/${name}`, import.meta.url), "utf8");
  return { compose: read("compose.yaml"), promises: read("promises.json") };
}

function before(example: string, started?: readonly string[]) {
  const rendered = older(example);
  const names = Object.keys((parse(rendered.compose) as { services: object }).services);
  const applied = { facts: undefined, started: started ?? names, isStopped: false, forgotten: [] };
  return readBefore({ ledger: undefined, applied, scope: undefined, rendered });
}

function next(example: string, ledger: Ledger) {
  return renderComposeGeneration(resolve(topologySchema.parse(parse(exampleText(example))), ledger), "1.2.3").facts;
}

test.each(["two-datacenters", "minimal"])(
  "a bundle of an older version is adopted: every member of %s keeps what it was given",
  (example) => {
    const adopted = before(example);
    expect(adopted.findings).toEqual([]);
    const facts = next(example, adopted.ledger);
    expect(refusalsOf(adopted, facts)).toEqual([]);
    const given = ({ id, name, instance, volume, addresses }: (typeof facts.members)[number]) => ({
      id,
      name,
      instance,
      volume,
      addresses,
    });
    expect(facts.members.map(given)).toEqual(adopted.applied?.facts.members.map(given));
  },
);

test("its volumes and the names that Patroni and etcd know stay as they were", () => {
  expect(before("minimal").ledger.get("node1-postgresql")).toEqual({
    number: 12,
    name: "node1-postgresql",
    instance: "node1-postgresql",
    volume: "node1-postgresql-data",
  });
  expect(before("two-datacenters").ledger.get("node1-postgresql")).toMatchObject({ instance: "node1", volume: "node1-data" });
});

test("what was rendered since its last start is not taken for what it started", () => {
  expect(before("minimal", ["node1-etcd"]).findings.map(({ code }) => code)).toEqual(["older-bundle-unclear"]);
});
