import type { BundleFacts, BundleMember } from "../cluster/bundle.ts";
import { type Cluster, memberNamed } from "../cluster/cluster.ts";
import { localQuery, primaryOf } from "../cluster/nodes.ts";
import { commandPatroni, membersSeenBy } from "../cluster/patroni.ts";
import { settled, successors } from "../cluster/settled.ts";
import { throughout } from "../cluster/throughout.ts";
import { until } from "../cluster/until.ts";
import { hitProcesses, releaseProcesses } from "../faults/processes.ts";
import { primaryAndSuccessor, twoSuccessors } from "../faults/targets.ts";
import type { Scenario, Stage } from "../run/scenario.ts";
import { judge, type Sighting } from "./probe.ts";

/** Seconds that Patroni may take to find that nobody can: it looks once a second, twenty times. */
const PATIENCE = 30;

interface Attempt {
  readonly path: "/failover" | "/switchover";
  readonly body: { readonly leader?: string; readonly candidate: string };
  /** What may be answered: that it is not possible; or, once Patroni has tried, that it failed. */
  readonly refusals: readonly number[];
}

/** Asks for what must be refused, and looks for a while that nothing comes of it. Gives what was wrong, in sentences. */
async function attempt(cluster: Cluster, primary: BundleMember, { path, body, refusals }: Attempt): Promise<string[]> {
  const { status, body: text } = await commandPatroni(cluster, primary, { method: "POST", path, body, timeout: PATIENCE });
  const asked = `${path} to ${body.candidate}`;
  const stays = async () => (await primaryOf(cluster)).name === primary.name;
  const during = 3 * cluster.facts.timings.loopWait;
  const moved = await throughout(stays, { during, what: `${primary.name} is the primary`, ended: cluster.ended }).then(
    () => [],
    (error: unknown) => [`${asked}: ${String(error)}`],
  );
  return [...(refusals.includes(status) ? [] : [`${asked} is answered ${status}: ${text}`]), ...moved];
}

async function tryUnknown({ cluster }: Stage): Promise<Sighting> {
  const primary = await settled(cluster);
  const body = { leader: primary.instance, candidate: "nobody" };
  return { wrong: await attempt(cluster, primary, { path: "/switchover", body, refusals: [412] }), evidence: { requests: 1 } };
}

async function tryNeverPromoted({ cluster }: Stage): Promise<Sighting> {
  const primary = await settled(cluster);
  const { neverPromoted } = cluster.facts.promises.replication;
  const wrong: string[] = [];
  for (const candidate of neverPromoted)
    wrong.push(
      ...(await attempt(cluster, primary, {
        path: "/failover",
        body: { candidate: memberNamed(cluster.facts, candidate).instance },
        refusals: [412],
      })),
    );
  return { wrong, evidence: { requests: neverPromoted.length } };
}

/** Bytes in one message that is written to the WAL and to nothing else. */
const MESSAGE = 2 ** 20;

/** Where no lag is too large for who is on the list: so much is enough to be seen as behind. */
const ANY_LAG_KIB = 1024;

/** Writes so much WAL that a standby that receives nothing is further behind than may be promoted. */
async function outrun(cluster: Cluster, primary: BundleMember, standby: BundleMember): Promise<number> {
  const promised = (cluster.facts.promises.replication.maxLagOnFailoverKib ?? ANY_LAG_KIB) * 1024;
  const messages = Math.ceil(promised / MESSAGE) + 4;
  const write = `SELECT pg_logical_emit_message(false, 'verifier', repeat('x', ${MESSAGE})) FROM generate_series(1, ${messages})`;
  await cluster.change(() => localQuery(cluster, primary, write));
  await cluster.change(() => localQuery(cluster, primary, "SELECT pg_switch_wal()"));
  const lag = async () => {
    const behind = (await membersSeenBy(cluster, primary)).find(({ name }) => name === standby.name)?.lag;
    return typeof behind === "number" && behind > promised && behind;
  };
  return until(lag, { within: 30, what: `Patroni knows that ${standby.name} is behind`, ended: cluster.ended });
}

async function tryLagging({ cluster, onEnd }: Stage): Promise<Sighting> {
  const [primary, standby] = await settled(cluster).then(() => primaryAndSuccessor(cluster));
  if (!primary || !standby) throw new Error("there is no standby");
  const receiver = "walreceiver";
  onEnd(`${receiver} of ${standby.name} was stopped`, (healer) => releaseProcesses(healer, standby, receiver));
  await hitProcesses(cluster, standby, "STOP", receiver);
  const replaced = async () => !(await successors(cluster, primary)).includes(standby.name);
  await until(replaced, { within: 60, what: `commits do not wait for ${standby.name} any more`, ended: cluster.ended });
  const lag = await outrun(cluster, primary, standby);
  // The API may take the request; the primary finds out in its next round that the candidate is too far behind, or not on the
  // list. A failover by name would go past the list: it is for a primary that is gone.
  const { mode } = cluster.facts.promises.replication;
  const request: Pick<Attempt, "path" | "body"> =
    mode === "asynchronous"
      ? { path: "/failover", body: { candidate: standby.instance } }
      : { path: "/switchover", body: { leader: primary.instance, candidate: standby.instance } };
  const wrong = await attempt(cluster, primary, { ...request, refusals: [412, 503] });
  await releaseProcesses(cluster, standby, receiver);
  await settled(cluster);
  return { wrong, evidence: { requests: 1, "bytes behind": lag } };
}

interface Refusal extends Pick<Scenario, "id" | "title"> {
  readonly text: string;
  /** Why it cannot be tried with a cluster of which two nodes may be the primary. */
  readonly unavailable: (facts: BundleFacts) => string | null;
  readonly look: (stage: Stage) => Promise<Sighting>;
}

const REFUSALS: readonly Refusal[] = [
  {
    id: "refused-unknown",
    title: "An operator asks for a switchover to a node that does not exist",
    text: "A switchover to a node that does not exist is refused, and the primary stays.",
    unavailable: () => null,
    look: tryUnknown,
  },
  {
    id: "refused-never-promoted",
    title: "An operator asks for a failover to a node that is never to be promoted",
    text: "A failover to a node that is never to be promoted is refused, and the primary stays.",
    unavailable: ({ promises }) => (promises.replication.neverPromoted.length > 0 ? null : "every node may be promoted"),
    look: tryNeverPromoted,
  },
  {
    id: "refused-lagging",
    title: "An operator asks for a standby that lags to become the primary",
    text: "A standby that lags does not become the primary because an operator asks for it: the request is refused, and the primary stays.",
    unavailable: ({ promises }) =>
      promises.replication.strict ? "with strict replication a standby that stops receiving stops all writes" : null,
    look: tryLagging,
  },
];

function refusalScenario({ id, title, text, unavailable, look }: Refusal): Scenario {
  const claim = { id, text };
  return {
    id,
    title,
    rows: ["A2", "A18", "D3"],
    tags: ["cluster"],
    suites: ["full", "soak"],
    claims: [claim],
    limit: 400,
    unavailable: (facts) => twoSuccessors(facts) ?? unavailable(facts),
    play: async (stage) => {
      stage.phase("request");
      return { checks: [judge(claim, await look(stage))] };
    },
  };
}

/** What an operator cannot do by mistake. That the same request moves the primary to a standby that is well: failover-to-candidate. */
export const REFUSED_FAILOVERS: readonly Scenario[] = REFUSALS.map(refusalScenario);
