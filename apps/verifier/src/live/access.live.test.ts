import { expect, test } from "vitest";
import { access } from "../matrix/access/index.ts";
import { tryProbe } from "../matrix/probe.ts";
import { liveCluster } from "./live-cluster.ts";
import { settled } from "./settled.ts";

const cluster = await liveCluster();
const OPTIONS = { seed: 1, rate: 50, threads: 4, duration: 10 };

test.each(access.probes)(`${access.rows.join(", ")}: $text`, { timeout: access.limit * 1000 }, async (probe) => {
  await settled(cluster);
  const { verdict, reason } = await tryProbe(probe, cluster, OPTIONS);
  expect({ verdict, reason }).toEqual({ verdict: "pass", reason: null });
});
