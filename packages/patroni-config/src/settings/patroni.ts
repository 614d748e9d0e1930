import {
  type Accepts,
  type FreeSetting,
  type OwnedSetting,
  type Owner,
  refused,
  type SettingGroup,
  type Topology,
} from "@matriarch/topology";
import type { ParameterValue } from "../model.ts";
import { readSwitch } from "./literal.ts";

/** What the dynamic configuration is computed from. */
export interface ClusterFacts {
  readonly topology: Topology;
}

const MODES = { asynchronous: false, synchronous: true, quorum: "quorum" } as const;

/**
 * More bytes of WAL than a cluster ever writes. Patroni compares each candidate with the last position of the primary, in
 * synchronous and quorum mode as well (ha.py, `_is_healthiest_node`); there `/sync` says already who has every acknowledged
 * write, so that a limit could only refuse somebody who has (patroni#3703, patroni#3327).
 */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

const TIMING = (key: string): Owner => ({
  because: "HAProxy's checks and the predicted outage are computed from it",
  instead: `Use "timing.${key}".`,
});
const promise = (key: string): Owner => ({
  because: "the promise about acknowledged writes depends on it",
  instead: `Use "replication.${key}".`,
});

function owned(key: string, owner: Owner, value: (topology: Topology) => ParameterValue): OwnedSetting<ClusterFacts> {
  return { key, owner, value: ({ topology }) => value(topology), takesEffect: "reload" };
}

const DECIDED: readonly OwnedSetting<ClusterFacts>[] = [
  owned("ttl", TIMING("ttl"), ({ timing }) => timing.ttl),
  owned("loop_wait", TIMING("loop_wait"), ({ timing }) => timing.loopWait),
  owned("retry_timeout", TIMING("retry_timeout"), ({ timing }) => timing.retryTimeout),
  owned("primary_start_timeout", TIMING("primary_start_timeout"), ({ timing }) => timing.primaryStartTimeout),
  {
    ...owned(
      "maximum_lag_on_failover",
      { because: "it decides which data a failover may lose", instead: 'Use "replication.max_lag_on_failover".' },
      ({ replication: { maxLagOnFailoverKib } }) => (maxLagOnFailoverKib === null ? NO_LIMIT : maxLagOnFailoverKib * 1024),
    ),
    why: "Where commits wait for standbys no lag counts: the list of them says who has every acknowledged write (patroni#3703).",
  },
  owned("synchronous_mode", promise("mode"), ({ replication }) => MODES[replication.mode]),
  owned("synchronous_mode_strict", promise("strict"), ({ replication }) => replication.strict),
  owned("synchronous_node_count", promise("synchronous_standbys"), ({ replication }) => replication.synchronousStandbys),
  owned(
    "failsafe_mode",
    { because: "what happens without etcd is a decision about the whole cluster", instead: 'Use "on_dcs_loss".' },
    ({ failsafe }) => failsafe,
  ),
];

const from = (min: number, unit?: string): Accepts => ({
  type: "integer",
  min,
  max: Number.MAX_SAFE_INTEGER,
  ...(unit === undefined ? {} : { unit }),
});

/** Source: patroni/global_config.py, 4.0. */
const FREE: readonly FreeSetting<ClusterFacts>[] = [
  {
    key: "check_timeline",
    accepts: { type: "switch" },
    takesEffect: "reload",
    value: () => true,
    why: "A standby that missed a promotion may lack writes that the cluster has acknowledged since: it must not win.",
    dangers: [
      {
        when: (value) => readSwitch(value) === false,
        because: "a standby that missed a promotion may win the next one, without the writes that were acknowledged since",
        instead: "Leave it out: it is on.",
      },
    ],
  },
  {
    key: "member_slots_ttl",
    accepts: from(0, "s"),
    takesEffect: "reload",
    value: () => "30min",
    why: "How long the slot of a member that left is kept: time for a reboot, not for a holiday.",
  },
  { key: "maximum_lag_on_syncnode", accepts: from(-1), takesEffect: "reload" },
  { key: "max_timelines_history", accepts: from(0), takesEffect: "reload" },
  { key: "primary_race_backoff", accepts: from(0), takesEffect: "reload", since: "4.2.0" },
  { key: "primary_stop_timeout", accepts: from(0), takesEffect: "reload" },
];

const REFUSED = [
  ...refused({ because: "it is the old name of primary_start_timeout", instead: 'Use "timing.primary_start_timeout".' }, [
    "master_start_timeout",
  ]),
  ...refused({ because: "it is filled from the topology", instead: 'Use "parameters.postgresql".' }, ["postgresql"]),
  ...refused({ because: "it is a state of operation, not of the topology", instead: "Use `patronictl pause` and `patronictl resume`." }, [
    "pause",
  ]),
];

/** The top level of Patroni's dynamic configuration, in its order. */
export const PATRONI_SETTINGS: readonly SettingGroup<ClusterFacts>[] = [
  { title: "Decided by Matriarch", settings: DECIDED },
  { title: "Where the topology says nothing else", settings: FREE },
  { title: "Kept out of the file", settings: REFUSED },
];
