import type { Topology } from "@matriarch/topology";
import type { DynamicSection } from "../model.ts";
import { deriveSharedParameters } from "./parameters.ts";

const MODES = { asynchronous: false, synchronous: true, quorum: "quorum" } as const;

/** What the topology says under `parameters.patroni`, sorted. */
function freeSettings(topology: Topology): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(Object.entries(topology.parameters.patroni).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The section of the DCS: read from the file once, at the bootstrap; later changes are applied with patronictl. */
export function deriveDynamic(topology: Topology): DynamicSection {
  const { timing, replication } = topology;
  return {
    ttl: timing.ttl,
    loop_wait: timing.loopWait,
    retry_timeout: timing.retryTimeout,
    primary_start_timeout: timing.primaryStartTimeout,
    maximum_lag_on_failover: replication.maxLagOnFailoverKib * 1024,
    synchronous_mode: MODES[replication.mode],
    synchronous_mode_strict: replication.strict,
    synchronous_node_count: replication.synchronousStandbys,
    failsafe_mode: topology.failsafe,
    // A standby that missed a promotion may lack writes that the cluster has acknowledged since: it must not win.
    check_timeline: true,
    // How long the slot of a member that left is kept: time for a reboot, not for a holiday.
    member_slots_ttl: "30min",
    ...freeSettings(topology),
    postgresql: { use_slots: true, parameters: deriveSharedParameters(topology) },
  };
}
