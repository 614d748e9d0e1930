import type { BundleFacts, BundleMember } from "../cluster/bundle.ts";
import { type Cluster, memberNamed, memberWith, membersWith } from "../cluster/cluster.ts";
import { serversUp, statisticsOf } from "../cluster/haproxy.ts";
import { localQuery, primaryOf, standbysOf } from "../cluster/nodes.ts";
import { pause } from "../cluster/pause.ts";
import { serviceFor } from "../cluster/services.ts";
import { failureCode, openSession, query } from "../cluster/sessions.ts";
import { settled } from "../cluster/settled.ts";
import { until } from "../cluster/until.ts";
import { needs } from "../faults/fault.ts";
import { hitProcesses, killPostmaster, releaseProcesses } from "../faults/processes.ts";
import type { Scenario } from "../run/scenario.ts";
import { LONG } from "./ordeals/ordeal.ts";
import { type Component, componentScenario, type Probe } from "./probe.ts";

/** Tag of what disturbs the cluster: it is not done again only to be sure. */
export const DISTURBING = "disturbing";
/** Seconds by which the primary goes on before its lease could run out. */
const MARGIN = 6;
/** Seconds in which a name has to be found: far less than a resolver takes to give up. */
const LOOKUP = 2;

/** Seconds that the primary may stand still, and keep its lease. */
const still = ({ timings: { ttl, loopWait } }: BundleFacts) => ttl - loopWait - MARGIN;

const direct = (facts: BundleFacts, access: "rw" | "ro") => serviceFor(facts, { through: "balancer", access });

/** The standby that no commit waits for. */
async function idleStandby(cluster: Cluster): Promise<BundleMember> {
  const standbys = await standbysOf(cluster, await primaryOf(cluster));
  const idle = standbys.find(({ syncState }) => syncState === "async") ?? standbys[0];
  if (!idle) throw new Error("no standby streams");
  return memberNamed(cluster.facts, idle.name);
}

/** Does something while the primary stands still, and leaves a whole cluster. */
async function whileStill<Value>(cluster: Cluster, work: () => Promise<Value>): Promise<Value> {
  const primary = await primaryOf(cluster);
  try {
    await cluster.freeze(primary);
    return await work();
  } finally {
    await cluster.thaw(primary);
    await settled(cluster);
  }
}

const sessionsCut: Probe = {
  id: "reactions-sessions-cut",
  text: "When the primary stands still, clients that are connected to it are told: their sessions end.",
  look: async (cluster) => {
    const within = still(cluster.facts);
    const session = await openSession(cluster.facts, direct(cluster.facts, "rw"));
    const ended = Promise.withResolvers<boolean>();
    session.on("end", () => ended.resolve(true));
    const isCut = await whileStill(cluster, () => Promise.race([ended.promise, pause(within * 1000, cluster.ended).then(() => false)]));
    void session.end().catch(() => undefined);
    return {
      wrong: isCut ? [] : [`a session hangs: it was not ended while the primary stood still for ${within} s`],
      evidence: { sessions: 1 },
    };
  },
};

const refusal: Probe = {
  id: "reactions-refusal",
  text: "While there is no primary, whoever wants to write is refused at once.",
  look: async (cluster) => {
    const { facts } = cluster;
    const noPrimary = async () => serversUp(await statisticsOf(cluster, memberWith(facts, "haproxy")), "rw").length === 0;
    const took = await whileStill(cluster, async () => {
      await until(noPrimary, { within: still(facts) - 4, what: "the balancer finds no primary", ended: cluster.ended });
      const begun = performance.now();
      const code = await failureCode(openSession(facts, direct(facts, "rw"), { connectTimeout: 3000 }));
      return code === null ? null : (performance.now() - begun) / 1000;
    });
    const wrong =
      took === null
        ? ["a session was opened although there is no primary"]
        : took < 0.8
          ? []
          : [`a client was held for ${took.toFixed(1)} s`];
    return { wrong, evidence: { clients: 1 } };
  },
};

/** Nodes that several read-only sessions reach, all open at once. */
async function readersReach(facts: BundleFacts): Promise<Set<string>> {
  const sessions = await Promise.all(Array.from({ length: 4 }, () => openSession(facts, direct(facts, "ro"))));
  try {
    const nodes = sessions.map(async (session) => {
      const { rows } = await session.query<{ node: string }>("SELECT current_setting('matriarch.node') AS node");
      return rows[0]?.node ?? "";
    });
    return new Set(await Promise.all(nodes));
  } finally {
    await Promise.all(sessions.map((session) => session.end()));
  }
}

/** The process that replays WAL. It has to stand still: where PostgreSQL is asked to pause, Patroni soon has it resume. */
const REPLAY = "startup recovering";

const lagLimit: Probe = {
  id: "reactions-lag-limit",
  text: "A replica that is further behind than was promised serves no reads.",
  look: async (cluster) => {
    const { facts } = cluster;
    const behind = await idleStandby(cluster);
    const bytes = facts.promises.reads.maxLagKib * 1024 + 4 * 2 ** 20;
    const write = `SELECT pg_logical_emit_message(false, 'verifier', repeat('x', ${bytes})), pg_switch_wal()`;
    const within = 3 * facts.timings.loopWait + 10;
    try {
      await hitProcesses(cluster, behind, "STOP", REPLAY);
      const primary = await primaryOf(cluster);
      await cluster.change(() => localQuery(cluster, primary, write));
      const isLeftOut = until(async () => !(await readersReach(facts)).has(behind.name), {
        within,
        what: `${behind.name} is left out`,
        ended: cluster.ended,
      });
      const code = await failureCode(isLeftOut);
      return {
        wrong: code === null ? [] : [`${behind.name} still serves reads ${within} s after it fell ${bytes} bytes behind`],
        evidence: { replicas: 1 },
      };
    } finally {
      await releaseProcesses(cluster, behind, REPLAY);
      await settled(cluster);
    }
  },
};

const names: Probe = {
  id: "reactions-names",
  text: "The nodes know each other's addresses when one of them is gone: no lookup stands in the way of a failover.",
  look: async (cluster) => {
    const gone = await idleStandby(cluster);
    const others = membersWith(cluster.facts, "postgresql").filter((node) => node.name !== gone.name);
    try {
      await cluster.signal(gone, "KILL");
      const asked = others.map(async (node) => {
        const { exitCode } = await cluster.run(node, ["timeout", String(LOOKUP), "getent", "ahostsv4", gone.name]);
        return exitCode === 0 ? [] : [`${node.name} does not find ${gone.name} within ${LOOKUP} s once it is gone`];
      });
      return { wrong: (await Promise.all(asked)).flat(), evidence: { lookups: others.length } };
    } finally {
      await cluster.start(gone);
      await settled(cluster);
    }
  },
};

const poolsFollow: Probe = {
  id: "reactions-pools-follow",
  text: "After a switchover whoever writes through the pooler reaches the new primary.",
  look: async (cluster) => {
    const { facts } = cluster;
    const service = serviceFor(facts, { through: "pooler", access: "rw" });
    const reach = async () => {
      const [place] = await query<{ node: string }>(facts, service, "SELECT current_setting('matriarch.node') AS node");
      return place?.node;
    };
    const wrong: string[] = [];
    // Twice: one way the pools may be right by chance.
    for (const turn of ["first", "second"]) {
      await cluster.operate("switchover");
      const primary = await settled(cluster);
      const follows = until(async () => (await reach()) === primary.name, {
        within: 10,
        what: `${service} leads to ${primary.name}`,
        ended: cluster.ended,
      });
      const code = await failureCode(follows);
      if (code !== null)
        wrong.push(`after the ${turn} switchover ${service} leads to ${String(await reach().catch(String))}, not ${primary.name}`);
    }
    return { wrong, evidence: { switchovers: 2 } };
  },
};

const crash: Probe = {
  id: "reactions-crash",
  text: "After a crash of PostgreSQL on the primary, another node takes over or the same one returns, as was promised.",
  look: async (cluster) => {
    const before = await primaryOf(cluster);
    await killPostmaster.inject(cluster, [before]);
    const { primaryStartTimeout } = cluster.facts.timings;
    const after = await settled(cluster);
    const isOther = after.name !== before.name;
    const wrong =
      isOther === (primaryStartTimeout === 0)
        ? []
        : [`after the crash of ${before.name}, ${after.name} is the primary; a crashed one was to be given ${primaryStartTimeout} s`];
    return { wrong, evidence: { crashes: 1 } };
  },
};

export const reactions: Component = {
  id: "reactions",
  title: "What happens at once when a node stands still, lags, dies or crashes",
  rows: ["A5", "A8", "D2"],
  probes: [sessionsCut, refusal, lagLimit, names, poolsFollow, crash],
  limit: 300,
  tags: [DISTURBING],
  suites: LONG,
};

/** They disturb the cluster for a moment, each, and leave it whole. */
export const reactionsScenario: Scenario = {
  ...componentScenario(reactions),
  unavailable: (facts) => needs(facts, "postgresql", 3) ?? needs(facts, "haproxy", 1) ?? needs(facts, "pgbouncer", 1),
};
