import { completeEnvironment, overrideVariables, parseEnvironment, secretsOf } from "@matriarch/topology";
import { anyTopology, topologyOf } from "@matriarch/topology/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderEnvironmentExample } from "./environment-example.ts";

test("the example of any valid topology names every variable once, blank", () => {
  fc.assert(
    fc.property(anyTopology, (topology) => {
      const { values, diagnostics } = parseEnvironment(renderEnvironmentExample(topology).content, ".env.example");
      expect(diagnostics).toEqual([]);
      const variables = [...overrideVariables(topology), ...secretsOf(topology)].map(({ variable }) => variable);
      expect(values).toEqual(Object.fromEntries(variables.map((variable) => [variable, ""])));
    }),
  );
});

test("copied and left as it is, it is completed with every password and nothing else", () => {
  const topology = topologyOf("cluster: c\nnodes: { n: [etcd, postgresql, haproxy, pgbouncer] }");
  const wanted = secretsOf(topology).map(({ variable }) => ({ variable, value: `of ${variable}` }));
  const { text, filled } = completeEnvironment(renderEnvironmentExample(topology).content, wanted, ".env");
  expect(filled).toEqual(wanted.map(({ variable }) => variable));
  expect(parseEnvironment(text, ".env").values).toMatchObject({ SCOPE: "", POSTGRES_PASSWORD: "of POSTGRES_PASSWORD" });
});
