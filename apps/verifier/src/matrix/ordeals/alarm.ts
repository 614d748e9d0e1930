import { alarms } from "../etcd.ts";
import type { Probe } from "../probe.ts";

/** A probe that finds nothing on a cluster that nobody hurts has to find something on one that is. */
export const alarmSeen: Probe = {
  id: "fill-etcd-alarm",
  text: "The probe that looks for alarms of etcd finds the one that was raised.",
  look: async (cluster, options) => {
    const { wrong, evidence } = await alarms.look(cluster, options);
    const raised = wrong.filter((sentence) => sentence.includes("NOSPACE"));
    return {
      wrong: raised.length > 0 ? [] : ["no member is said to have raised NOSPACE"],
      evidence: { ...evidence, raised: raised.length },
    };
  },
};
