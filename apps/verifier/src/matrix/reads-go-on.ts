import { setTimeout as delay } from "node:timers/promises";
import type { BundleFacts } from "../cluster/bundle.ts";
import { serviceFor } from "../cluster/services.ts";
import { query } from "../cluster/sessions.ts";
import { settled } from "../cluster/settled.ts";
import { reinitialiseReplica } from "../faults/operations.ts";
import type { Claim, Scenario, Stage } from "../run/scenario.ts";
import { monotonicNow } from "../history/clock.ts";
import { judge, type Sighting } from "./probe.ts";

const READS: Claim = {
  id: "reinitialise-reads",
  text: "While a replica is made anew, reads at the read-only services go on, but for the change of servers.",
};

/**
 * Seconds for which a service may be silent: the replica's sessions end, and until its check fails new ones are led to it.
 * A generous bound.
 */
const CHANGE_OF_SERVERS = 10;
/** Milliseconds between two reads. */
const PAUSE = 100;

interface Reader {
  /** What was seen until now: the longest time without an answer in seconds, and how many reads were answered. */
  readonly stop: () => Promise<{ readonly silence: number; readonly answered: number }>;
}

/** Reads through a service again and again, each time by a session of its own. */
function startReader(facts: BundleFacts, service: string): Reader {
  const stopping = new AbortController();
  const answers = [monotonicNow()];
  const read = async () => {
    while (!stopping.signal.aborted) {
      await query(facts, service, "SELECT 1").then(
        () => answers.push(monotonicNow()),
        () => undefined,
      );
      await delay(PAUSE);
    }
  };
  const running = read();
  const stop = async () => {
    stopping.abort();
    await running;
    const ends = [...answers, monotonicNow()];
    const silences = ends.slice(1).map((end, place) => end - (ends[place] ?? end));
    return { silence: Math.max(...silences) / 1e9, answered: answers.length - 1 };
  };
  return { stop };
}

async function readMeanwhile({ cluster, onEnd }: Stage, work: () => Promise<void>): Promise<Sighting> {
  const services = (["pooler", "balancer"] as const).map((through) => serviceFor(cluster.facts, { through, access: "ro" }));
  const readers = services.map((service) => ({ service, ...startReader(cluster.facts, service) }));
  for (const { service, stop } of readers) onEnd(`the reader of ${service}`, stop);
  await work();
  const seen = await Promise.all(readers.map(async ({ service, stop }) => ({ service, ...(await stop()) })));
  return {
    wrong: seen
      .filter(({ silence, answered }) => silence > CHANGE_OF_SERVERS || answered === 0)
      .map(({ service, silence, answered }) => `${service} answered ${answered} reads, and was silent for ${silence.toFixed(1)} s`),
    evidence: {
      reads: seen.reduce((sum, { answered }) => sum + answered, 0),
      "longest silence in milliseconds": Math.round(1000 * Math.max(...seen.map(({ silence }) => silence))),
    },
  };
}

/** Only reads: what writers see of the same is an ordeal. */
export const READS_GO_ON: Scenario = {
  id: "reinitialise-reads",
  title: "Clients read while an operator has a replica made anew",
  rows: ["A2", "A5"],
  tags: ["cluster"],
  suites: ["full", "soak"],
  claims: [READS],
  limit: 400,
  unavailable: reinitialiseReplica.available,
  play: async (stage) => {
    const { cluster, phase } = stage;
    await settled(cluster);
    const targets = await reinitialiseReplica.targets(cluster);
    phase("reinitialise");
    return { checks: [judge(READS, await readMeanwhile(stage, () => reinitialiseReplica.inject(cluster, targets)))] };
  },
};
