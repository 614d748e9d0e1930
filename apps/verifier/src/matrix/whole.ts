import type { BundleMember } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { primaryOf } from "../cluster/nodes.ts";
import { settled } from "../cluster/settled.ts";
import { until } from "../cluster/until.ts";
import type { CheckResult } from "../checks/result.ts";
import type { Claim, Scenario, Stage } from "../run/scenario.ts";
import { type Component, judge, tryProbe } from "./probe.ts";

const SWITCHOVER: Claim = { id: "whole-switchover", text: "After a switchover another node is the primary, and the old one follows it." };
const FAILOVER: Claim = {
  id: "whole-failover",
  text: "When the primary is killed another node takes over, and the old one comes back as a standby.",
};

/** Another primary than before; the time it may take is the host loss's own scenario to judge. */
async function successorOf(cluster: Cluster, before: BundleMember): Promise<BundleMember> {
  const { ttl, loopWait } = cluster.facts.timings;
  const other = async () => {
    const now = await primaryOf(cluster);
    return now.name !== before.name && now;
  };
  return until(other, { within: ttl + 5 * loopWait + 10, what: `a node other than ${before.name} is the primary`, ended: cluster.ended });
}

async function change(stage: Stage, claim: Claim, act: (primary: BundleMember) => Promise<unknown>): Promise<CheckResult> {
  const before = await primaryOf(stage.cluster);
  stage.onEnd(`${before.name} was stopped`, (healer) => healer.start(before));
  await act(before);
  const after = await successorOf(stage.cluster, before);
  await stage.cluster.start(before);
  const primary = await settled(stage.cluster);
  const wrong = primary.name === after.name ? [] : [`${after.name} took over, but ${primary.name} is the primary now`];
  return judge(claim, { wrong, evidence: { primaries: 1 } });
}

/** A real switchover and a real failover, and everything that the components promise afterwards. */
export function wholeCluster(components: readonly Component[]): Scenario {
  const probes = components.flatMap((component) => component.probes);
  return {
    id: "whole",
    title: "The whole cluster: a switchover, a failover, and everything green afterwards",
    rows: ["A18", "A2"],
    tags: ["cluster"],
    suites: ["smoke", "full", "soak"],
    claims: [SWITCHOVER, FAILOVER, ...probes.map(({ id, text }) => ({ id: `${id}-afterwards`, text }))],
    limit: 240,
    play: async (stage) => {
      const { cluster, options, ended, phase } = stage;
      phase("switchover");
      const switchover = await change(stage, SWITCHOVER, () => cluster.operate("switchover"));
      phase("failover");
      const failover = await change(stage, FAILOVER, (primary) => cluster.signal(primary, "KILL"));
      phase("everything afterwards");
      const checks = [switchover, failover];
      for (const probe of probes) {
        ended.throwIfAborted();
        checks.push({ ...(await tryProbe(probe, cluster, options)), claim: `${probe.id}-afterwards` });
      }
      return { checks };
    },
  };
}
