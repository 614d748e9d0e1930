import { TIMING_PRESETS, hasErrors, topologySchema } from "@matriarch/topology";
import { topologyOf } from "@matriarch/topology/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readTopology } from "../pipeline.ts";
import { type Answers, DEFAULTS, LAYOUTS, REPLICATION_MODES, TIMINGS } from "./answers.ts";
import { renderStarter } from "./starter.ts";

/** Names, among them those that YAML takes for something else. */
const name = fc.oneof(
  fc.constantFrom("no", "yes", "on", "off", "y", "n", "null", "true", "false", "e1", "localhost", "a".repeat(63)),
  fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/),
);

const answers: fc.Arbitrary<Answers> = fc.record({
  cluster: name,
  datacenters: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
  layout: fc.constantFrom(...LAYOUTS),
  replication: fc.constantFrom(...REPLICATION_MODES),
  timing: fc.constantFrom(...TIMINGS),
  clientCertificates: fc.boolean(),
});

function findingsOf(text: string) {
  return readTopology({ text, file: "topology.yaml" }, { text: "", file: ".env" }, "fill").diagnostics;
}

test("any answers give a topology without errors, which says what was answered, in less than fifty lines", () => {
  fc.assert(
    fc.property(answers, (given) => {
      const text = renderStarter(given);
      expect(hasErrors(findingsOf(text)), text).toBe(false);
      const { scope, datacenters, replication, tls, timing } = topologyOf(text);
      expect({ scope, datacenters, mode: replication.mode, clientCertificates: tls.clientCertificates }).toEqual({
        scope: given.cluster,
        datacenters: given.datacenters,
        mode: given.replication,
        clientCertificates: given.clientCertificates,
      });
      expect(timing).toEqual(TIMING_PRESETS[given.timing]);
      expect(text.split("\n").length).toBeLessThan(50);
    }),
  );
});

test("every choice can be answered", () => {
  expect([...TIMINGS].toSorted()).toEqual(Object.keys(TIMING_PRESETS).toSorted());
  const { mode } = topologySchema.shape.replication.unwrap().shape;
  expect([...REPLICATION_MODES].toSorted()).toEqual([...mode.unwrap().options].toSorted());
});

test.each([
  ["compact", ["dc1"], ["single-haproxy", "single-pgbouncer"]],
  ["redundant", ["dc1", "dc2", "dc3"], ["synchronous-across-datacenters"]],
  ["separate", ["dc1"], []],
] as const)("the layout %s in %j is told of %j", (layout, datacenters, codes) => {
  const text = renderStarter({ ...DEFAULTS, layout, datacenters });
  expect(findingsOf(text).map(({ code }) => code)).toEqual(codes);
});

test("of two datacenters the second is never promoted by itself", () => {
  const { postgresql } = topologyOf(renderStarter({ ...DEFAULTS, datacenters: ["main", "remote"] }));
  expect(postgresql.map(({ datacenter, promotable, synchronous }) => [datacenter, promotable, synchronous])).toEqual([
    ["main", true, true],
    ["main", true, true],
    ["remote", false, false],
  ]);
});

test("the file explains itself", async () => {
  await expect(renderStarter(DEFAULTS)).toMatchFileSnapshot("../../fixtures/init/default/topology.yaml");
  const other = { ...DEFAULTS, cluster: "shop", datacenters: ["berlin", "paris"], layout: "separate", replication: "quorum" } as const;
  await expect(renderStarter({ ...other, timing: "wide-area", clientCertificates: false })).toMatchFileSnapshot(
    "../../fixtures/init/two-datacenters/topology.yaml",
  );
});
