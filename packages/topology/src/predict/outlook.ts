import type { Topology } from "../resolve/topology.ts";
import { NODE_ROLES, type NodeRole } from "../roles.ts";
import type { Timing } from "../timing.ts";
import { type Losses, predictLosses } from "./losses.ts";
import { type Prediction, predictOutages } from "./outages.ts";

/** Programs whose versions are pinned. */
export type Program = NodeRole | "patroni";

/** What the topology declares, and what can be held against a running cluster. */
export interface Promises {
  readonly replication: {
    readonly mode: Topology["replication"]["mode"];
    readonly synchronousStandbys: number;
    readonly strict: boolean;
    /** `null`: no lag keeps a standby from being promoted. */
    readonly maxLagOnFailoverKib: number | null;
    /** Names of nodes, sorted. */
    readonly neverPromoted: readonly string[];
    readonly neverSynchronous: readonly string[];
  };
  readonly withoutEtcd: "read-only" | "failsafe";
  readonly reads: Topology["reads"];
  readonly pools: Topology["pools"];
  readonly clientCertificates: boolean;
  /** Seconds unless the name says otherwise. */
  readonly timing: Timing;
}

/** What an operator may expect of a cluster. */
export interface Outlook {
  readonly platform: string;
  /** Of the programs that the cluster runs: PostgreSQL's major version as the topology has it, the others as the platform brings them. */
  readonly versions: Readonly<Partial<Record<Program, string>>>;
  readonly promises: Promises;
  readonly outages: readonly Prediction[];
  readonly losses: Losses;
}

function versionsOf({ platform: { versions }, postgresqlVersion, ...topology }: Topology): Outlook["versions"] {
  const { patroni, etcd, haproxy, pgbouncer } = versions;
  const all: Record<Program, string> = { postgresql: String(postgresqlVersion), patroni, etcd, haproxy, pgbouncer };
  const runs = (program: Program) => topology[program === "patroni" ? "postgresql" : program].length > 0;
  const programs: readonly Program[] = ["postgresql", "patroni", ...NODE_ROLES.filter((role) => role !== "postgresql")];
  return Object.fromEntries(programs.filter(runs).map((program) => [program, all[program]]));
}

function promisesOf({ replication, reads, pools, failsafe, tls, timing, postgresql }: Topology): Promises {
  const without = (quality: "promotable" | "synchronous") =>
    postgresql
      .filter((member) => !member[quality])
      .map(({ name }) => name)
      .toSorted();
  return {
    replication: { ...replication, neverPromoted: without("promotable"), neverSynchronous: without("synchronous") },
    withoutEtcd: failsafe ? "failsafe" : "read-only",
    reads,
    pools,
    clientCertificates: tls.clientCertificates,
    timing,
  };
}

/** Versions, promises and predictions of a topology without errors. Pure: the same topology, the same outlook. */
export function outlookOf(topology: Topology): Outlook {
  return {
    platform: topology.platform.id,
    versions: versionsOf(topology),
    promises: promisesOf(topology),
    outages: predictOutages(topology),
    losses: predictLosses(topology),
  };
}
