import { describe, expect, test } from "vitest";
import { PLATFORMS } from "../platform.ts";
import { topologyOf } from "../testing/index.ts";

const extensionsOf = (text: string) => topologyOf(`cluster: c\nnodes: { n: [etcd, postgresql, haproxy] }\n${text}`).extensions;

describe("the extensions of a topology", () => {
  test("come with those that they need, each after those, in the databases that want them", () => {
    const found = extensionsOf("databases: { app: { extensions: [earthdistance, postgis_tiger_geocoder] }, shop: { extensions: [cube] } }");
    expect(found.map(({ name, databases }) => [name, databases])).toEqual([
      ["cube", ["app", "shop"]],
      ["earthdistance", ["app"]],
      ["fuzzystrmatch", ["app"]],
      ["postgis", ["app"]],
      ["postgis_tiger_geocoder", ["app"]],
    ]);
  });

  test("are in every database where the topology says so", () => {
    expect(extensionsOf("postgresql: { extensions: [vector] }\ndatabases: { app: {} }")).toMatchObject([
      { name: "vector", databases: ["postgres", "app"] },
    ]);
  });

  test("are those of the platform: any other name is left to the rule that refuses it", () => {
    expect(extensionsOf("postgresql: { extensions: [adminpack, toString] }")).toEqual([]);
  });
});

test.each(Object.entries(PLATFORMS))("%s: what an extension needs is there as well", (_, { extensions }) => {
  const needed = Object.values(extensions).flatMap(({ needs }) => needs ?? []);
  expect(needed.filter((name) => !Object.hasOwn(extensions, name))).toEqual([]);
});
