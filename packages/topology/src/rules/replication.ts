import type { PostgresqlMember, Topology } from "../resolve/topology.ts";
import { counted, error, listed, type TopologyRule, warning } from "./finding.ts";

const COUNT = ["replication", "synchronous_standbys"];

/** A node that may be the primary, with the nodes that may then be its synchronous standbys. */
interface Reign {
  readonly primary: PostgresqlMember;
  readonly eligible: readonly PostgresqlMember[];
}

/** Every possible primary, the one with the fewest eligible standbys first. */
function reignsOf({ postgresql }: Topology): Reign[] {
  return postgresql
    .filter(({ promotable }) => promotable)
    .map((primary) => ({ primary, eligible: postgresql.filter((node) => node.synchronous && node.name !== primary.name) }))
    .toSorted((a, b) => a.eligible.length - b.eligible.length);
}

function namesOf(members: readonly PostgresqlMember[]): string {
  return members.length === 0 ? "no node" : listed(members.map(({ name }) => name));
}

export const noPostgresql: TopologyRule = ({ postgresql }) =>
  postgresql.length > 0
    ? []
    : [
        error(
          "no-postgresql",
          ["nodes"],
          "No node has the role postgresql.",
          "Give it to at least one node; three survive the loss of one and stay safe meanwhile.",
        ),
      ];

export const singlePostgresql: TopologyRule = ({ postgresql }) =>
  postgresql
    .filter(() => postgresql.length === 1)
    .map(({ name, node }) =>
      warning(
        "single-postgresql",
        ["nodes", node],
        `${name} is the only PostgreSQL node: losing it loses the service, and losing its disk loses the data.`,
        "Add a second node with the role postgresql.",
      ),
    );

export const noPromotableNode: TopologyRule = ({ postgresql }) =>
  postgresql.length === 0 || postgresql.some(({ promotable }) => promotable)
    ? []
    : [
        error(
          "no-promotable-node",
          ["nodes", postgresql[0]?.node ?? "", "promotable"],
          `None of ${namesOf(postgresql)} may be promoted: there would never be a primary.`,
          "Leave `promotable` at true for at least two nodes.",
        ),
      ];

/** Patroni promotes a synchronous standby only, where replication is synchronous. */
export const noFailoverCandidate: TopologyRule = ({ postgresql, replication }) => {
  const may = ({ promotable, synchronous }: PostgresqlMember) => promotable && (replication.mode === "asynchronous" || synchronous);
  if (postgresql.length < 2) return [];
  return postgresql
    .filter(({ promotable, name }) => promotable && !postgresql.some((other) => other.name !== name && may(other)))
    .map(({ name, node }) => {
      const wanted = replication.mode === "asynchronous" ? "promotable" : "both promotable and synchronous";
      return warning(
        "no-failover-candidate",
        ["nodes", node],
        `If ${name} is the primary and dies, no node may take over: no other one is ${wanted}.`,
        `Let a second node be ${wanted}.`,
      );
    });
};

export const synchronousCountUnmeetable: TopologyRule = (topology) => {
  const { mode, synchronousStandbys: wanted } = topology.replication;
  const best = reignsOf(topology).at(-1);
  if (mode === "asynchronous" || best === undefined || best.eligible.length >= wanted) return [];
  const most = `at most ${counted(best.eligible.length, "node")} beside the primary may be one`;
  const message = `A commit waits for ${counted(wanted, "synchronous standby")}, but ${most}: ${namesOf(best.eligible)}.`;
  return [
    error(
      "synchronous-count-unmeetable",
      COUNT,
      message,
      "Lower `synchronous_standbys`, add PostgreSQL nodes, or let more of them be `synchronous`.",
    ),
  ];
};

/** Judged for the primary that leaves the fewest standbys. */
export const synchronousTooFewSpare: TopologyRule = (topology) => {
  const { mode, synchronousStandbys: wanted, strict } = topology.replication;
  const reigns = reignsOf(topology);
  const [worst] = reigns;
  const meetable = (reigns.at(-1)?.eligible.length ?? 0) >= wanted;
  if (mode === "asynchronous" || worst === undefined || !meetable || worst.eligible.length > wanted) return [];
  // Patroni asks for as many standbys as there are, but with `strict` for one at least.
  const effect = strict && worst.eligible.length < 2 ? "no write is acknowledged" : "writes go on with fewer copies than promised";
  const missing =
    worst.eligible.length < wanted ? "all the while" : worst.eligible.length === 1 ? "while it is down" : "while one of them is down";
  const promise = `A commit waits for ${counted(wanted, "synchronous standby")}`;
  const message = `${promise}; with ${worst.primary.name} as the primary that can only be ${namesOf(worst.eligible)}: ${missing}, ${effect}.`;
  return [
    warning(
      "synchronous-too-few-spare",
      COUNT,
      message,
      "Add a PostgreSQL node that may be synchronous: one more than a commit waits for.",
    ),
  ];
};

export const synchronousSettingsUnused: TopologyRule = ({ replication: { mode, strict, synchronousStandbys } }) => {
  if (mode !== "asynchronous") return [];
  const unused = [...(strict ? ["strict"] : []), ...(synchronousStandbys > 1 ? ["synchronous_standbys"] : [])];
  return unused.map((key) =>
    warning(
      "synchronous-settings-unused",
      ["replication", key],
      `\`replication.${key}\` means nothing while the mode is asynchronous.`,
      "Set `mode` to synchronous or quorum, or remove the key.",
    ),
  );
};

/** More than the WAL of any one transaction that a cluster of this size could hold. */
const LARGEST_TRANSACTION_KIB = 1024 ** 3;

/** Patroni compares with the primary's last position, in which the WAL of a transaction that nobody has acknowledged counts. */
export const lagLimitRefusesStandby: TopologyRule = ({ replication: { mode, maxLagOnFailoverKib } }) => {
  if (mode === "asynchronous" || maxLagOnFailoverKib === null || maxLagOnFailoverKib >= LARGEST_TRANSACTION_KIB) return [];
  return [
    error(
      "lag-limit-refuses-standby",
      ["replication", "max_lag_on_failover"],
      `Replication is ${mode}, so a standby on the list has every acknowledged write; max_lag_on_failover would keep it from taking over after a large transaction, and nobody would be primary.`,
      "Leave it out: the list says who may be promoted.",
    ),
  ];
};

/** The primary serves nobody on the read-only port then, and there is no replica: clients are refused all the while. */
export const readsUnserved: TopologyRule = ({ postgresql, reads }) =>
  postgresql
    .filter(() => postgresql.length === 1 && !reads.primaryAsFallback)
    .map(({ name }) =>
      warning(
        "reads-unserved",
        ["reads", "primary_as_fallback"],
        `${name} is the only PostgreSQL node and may not serve the read-only port: nobody can read there.`,
        "Leave `primary_as_fallback` at true, or add a PostgreSQL node.",
      ),
    );
