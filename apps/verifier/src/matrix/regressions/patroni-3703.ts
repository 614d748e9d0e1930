import type { BundleMember } from "../../cluster/bundle.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import { localQuery, primaryOf } from "../../cluster/nodes.ts";
import { membersSeenBy } from "../../cluster/patroni.ts";
import { settled, successors } from "../../cluster/settled.ts";
import { until } from "../../cluster/until.ts";
import { twoSuccessors } from "../../faults/targets.ts";
import { reasonOf } from "../../reason.ts";
import type { Stage } from "../../run/scenario.ts";
import type { Sighting } from "../probe.ts";
import { type Regression, stepsScenario } from "./regression.ts";

const OUTAGE = "primary-host-lost";

/** Bits a second: a link on which a bulk load takes minutes, and a lease no longer than ever. */
const SLOW = 8_000_000;

/** One statement, so one transaction, of 128 MiB of WAL. Nobody learns how it ended: the primary dies before. */
const LOAD = "SELECT count(pg_logical_emit_message(true, 'verifier', repeat('x', 1048576))) FROM generate_series(1, 128)";

/** Bytes: much more than what a failover may lose where nobody is waited for. */
const BEHIND = 32 * 2 ** 20;

/** Seconds that a measurement may be outside of what was predicted. */
const TOLERANCE = 1;

/** Bytes that the nearest of the standbys on the list is behind, once all of them are far behind. */
async function lagOfAll(cluster: Cluster, primary: BundleMember): Promise<number> {
  const behind = async () => {
    const listed = await successors(cluster, primary);
    const members = (await membersSeenBy(cluster, primary)).filter(({ name }) => listed.includes(name));
    const least = Math.min(...members.map(({ lag }) => (typeof lag === "number" ? lag : 0)));
    return members.length > 0 && least > BEHIND && least;
  };
  return until(behind, { within: 60, what: "every standby on the list is far behind", ended: cluster.ended });
}

async function look({ cluster, onEnd }: Stage): Promise<Sighting> {
  const primary = await settled(cluster);
  const [, high] = cluster.facts.predictions.get(OUTAGE) ?? [0, 0];
  onEnd(`${primary.name} sends slowly`, (healer) => healer.unthrottle(primary));
  onEnd(`${primary.name} was killed`, (healer) => healer.start(primary));
  await cluster.throttle(primary, SLOW);
  const load = cluster.change(() => localQuery(cluster, primary, LOAD)).catch(() => undefined);
  const lag = await lagOfAll(cluster, primary);
  await cluster.signal(primary, "KILL");
  const start = performance.now();
  const isThere = async () => (await primaryOf(cluster)).name !== primary.name;
  const within = high + TOLERANCE;
  const wrong = await until(isThere, { within, what: "another node is the primary", ended: cluster.ended }).then(
    () => [],
    (error: unknown) => [`${reasonOf(error)}; the list was ${lag} bytes behind when ${primary.name} died`],
  );
  const seconds = (performance.now() - start) / 1000;
  await load;
  return { wrong, evidence: { "bytes behind": lag, "seconds without a primary": Math.round(10 * seconds) / 10 } };
}

export const largeTransactionKeptTheStandbyDown: Regression = {
  id: "patroni-3703",
  sources: ["patroni#3703", "patroni#3327", "kubeblocks-addons#3147"],
  hole: "A bulk load in one transaction went over a slow link when the primary's host died. The synchronous standby had every acknowledged write, and was further behind than maximum_lag_on_failover: nobody took over, for as long as one waited.",
  closedBy:
    "Where commits wait for standbys, maximum_lag_on_failover is rendered so large that it never refuses: the list in `/sync` says who may take over.",
  broughtBackBy: stepsScenario({
    id: "patroni-3703",
    title: "The primary's machine dies while a large transaction goes over a slow link",
    text: "A synchronous standby takes over within the predicted time, however far it is behind in a transaction that nobody has acknowledged.",
    rows: ["A2", "D2", "D3"],
    limit: 400,
    unavailable: async (facts, cluster) => {
      if (facts.replication === "asynchronous") return "commits wait for no standby";
      if (!facts.predictions.has(OUTAGE)) return "the bundle predicts no bound for the loss of the primary's host";
      return twoSuccessors(facts) ?? cluster.lacks("slow network");
    },
    look,
  }),
};
