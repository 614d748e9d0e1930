import { type CheckResult, unknownResult } from "../checks/result.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { RequirementId } from "../requirements/requirements.ts";
import { type Claim, type RunOptions, type Scenario, type Suite, SUITES } from "../run/scenario.ts";
import { reasonOf } from "../reason.ts";

/** What was seen. */
export interface Sighting {
  /** What is not as it should be, in sentences; empty: all is. */
  readonly wrong: readonly string[];
  /** How much was looked at, by name: a claim about nothing is no claim. */
  readonly evidence: Readonly<Record<string, number>>;
}

/** One thing to look at on a cluster that nobody hurts. A look that throws leaves the claim unknown. */
export interface Probe extends Claim {
  look(cluster: Cluster, options: RunOptions): Promise<Sighting>;
}

/** Judges what a probe saw. Looking at nothing proves nothing. */
export function judge({ id }: Claim, { wrong, evidence }: Sighting): CheckResult {
  const looked = Object.values(evidence).some((count) => count > 0);
  if (wrong.length === 0 && !looked) return unknownResult(id, "nothing was looked at");
  return {
    claim: id,
    verdict: wrong.length === 0 ? "pass" : "fail",
    reason: wrong[0] ?? null,
    limit: null,
    evidence: { ...evidence, wrong: wrong.length },
    anomalies: wrong.map((message) => ({ kind: "observed", message, events: [] })),
  };
}

/** What a probe found; unknown when it could not look. */
export async function tryProbe(probe: Probe, cluster: Cluster, options: RunOptions): Promise<CheckResult> {
  try {
    return judge(probe, await probe.look(cluster, options));
  } catch (error) {
    return unknownResult(probe.id, reasonOf(error));
  }
}

export interface Component {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly RequirementId[];
  readonly probes: readonly Probe[];
  /** Seconds. */
  readonly limit: number;
  /** Besides `component`. */
  readonly tags?: readonly string[];
  /** All by default. */
  readonly suites?: readonly Suite[];
}

/** Looks at one component, probe after probe. */
export function componentScenario({ id, title, rows, probes, limit, tags = [], suites = SUITES }: Component): Scenario {
  return {
    id,
    title,
    rows,
    limit,
    tags: ["component", ...tags],
    suites,
    claims: probes.map((probe) => ({ id: probe.id, text: probe.text })),
    play: async ({ cluster, options, ended, phase }) => {
      const checks: CheckResult[] = [];
      for (const probe of probes) {
        ended.throwIfAborted();
        phase(probe.id);
        checks.push(await tryProbe(probe, cluster, options));
      }
      return { checks };
    },
  };
}
