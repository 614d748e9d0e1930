import { readFile } from "node:fs/promises";
import { predictOutages } from "@matriarch/topology";
import { topologyOf } from "@matriarch/topology/testing";
import { expect, test } from "vitest";

const NODES = "cluster: c\nnodes: { a: [etcd, postgresql], b: [etcd, postgresql], c: [etcd, postgresql], in: [haproxy, pgbouncer] }\n";

/** Together they meet every term. */
const TOPOLOGIES = [
  `${NODES}timing: fast\nreplication: { mode: quorum, synchronous_standbys: 2 }\non_dcs_loss: failsafe\n`,
  `${NODES}timing: { preset: fast, primary_start_timeout: 25, check_fall: 10, check_interval_ms: 20000 }\nreplication: { mode: synchronous }\nparameters: { postgresql: { wal_retrieve_retry_interval: 1min } }\n`,
];

test("docs/outages.md has a row for each term, and for nothing else", async () => {
  const page = await readFile(new URL("../../../../docs/outages.md", import.meta.url), "utf8");
  const rows = [...page.slice(page.indexOf("## The terms"), page.indexOf("## What a loss")).matchAll(/^\| ([^|]+) \|/gm)].map(
    ([, name]) => name,
  );
  const terms = TOPOLOGIES.flatMap((text) =>
    predictOutages(topologyOf(text)).flatMap(({ outcome }) => (outcome.kind === "interval" ? outcome.terms.map(({ name }) => name) : [])),
  );
  expect(new Set(rows.slice(2))).toEqual(new Set(terms));
});
