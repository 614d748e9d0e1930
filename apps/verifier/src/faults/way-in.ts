import { memberWith } from "../cluster/cluster.ts";
import { type Fault, freezing, killing, needs, onAll } from "./fault.ts";

const kinds = { balancer: "haproxy", pooler: "pgbouncer" } as const;

function common(verb: string, kind: keyof typeof kinds, title: string) {
  const role = kinds[kind];
  const available: Fault["available"] = (facts) => needs(facts, role, 1);
  const targets: Fault["targets"] = async (cluster) => [memberWith(cluster.facts, role)];
  return { id: `${verb}-${kind}`, title, available, targets };
}

export const killBalancer = killing(common("kill", "balancer", "A balancer dies"));
export const killPooler = killing(common("kill", "pooler", "A pooler dies"));
export const freezeBalancer = freezing(common("freeze", "balancer", "A balancer stands still"));
export const freezePooler = freezing(common("freeze", "pooler", "A pooler stands still"));

/** Reads its files anew, as it does after a change. */
function reloading(kind: keyof typeof kinds, title: string): Fault {
  return {
    ...common("reload", kind, title),
    inject: (cluster, targets) => onAll(targets, (member) => cluster.reload(member)),
    heal: async () => undefined,
  };
}

export const reloadBalancer = reloading("balancer", "A balancer reads its configuration anew");
export const reloadPooler = reloading("pooler", "A pooler reads its configuration anew");
