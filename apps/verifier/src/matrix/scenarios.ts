import type { Scenario, Suite } from "../run/scenario.ts";
import { access } from "./access/index.ts";
import { consistency } from "./consistency.ts";
import { containers } from "./containers.ts";
import { etcd } from "./etcd.ts";
import { faultScenario } from "./ordeals/scenario.ts";
import { haproxy } from "./haproxy.ts";
import { ORDEALS } from "./ordeals/index.ts";
import { patroni } from "./patroni.ts";
import { pgbouncer } from "./pgbouncer.ts";
import { postgresql } from "./postgresql.ts";
import { stress } from "./stress.ts";
import { runbookScenario } from "./runbook.ts";
import { REGRESSION_SCENARIOS } from "./regressions/index.ts";
import { READS_GO_ON } from "./reads-go-on.ts";
import { REFUSED_FAILOVERS } from "./refused-failovers.ts";
import { type Component, componentScenario, type Probe } from "./probe.ts";
import { reactions, reactionsScenario } from "./reactions.ts";
import { services } from "./services.ts";
import { wholeCluster } from "./whole.ts";

const COMPONENTS: readonly Component[] = [etcd, patroni, postgresql, haproxy, pgbouncer, services, containers];

/** Every scenario there is, in the order in which they are played: what is cheap and tells most comes first. */
export const SCENARIOS: readonly Scenario[] = [
  ...COMPONENTS.map(componentScenario),
  componentScenario(access),
  wholeCluster(COMPONENTS),
  consistency,
  ...REFUSED_FAILOVERS,
  READS_GO_ON,
  stress,
  reactionsScenario,
  ...ORDEALS.map(faultScenario),
  runbookScenario,
  ...REGRESSION_SCENARIOS,
];

/** The probe of a claim; `undefined` where the claim is of something else. */
export function probeNamed(claim: string): Probe | undefined {
  return [...COMPONENTS, access, reactions].flatMap(({ probes }) => probes).find(({ id }) => id === claim);
}

/** The scenario of that name. Throws when there is none. */
export function scenarioNamed(id: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.id === id);
  if (!found) throw new Error(`no scenario is called ${id}`);
  return found;
}

export interface Choice {
  readonly suite: Suite;
  /** Ids; empty: all of the suite. */
  readonly only: readonly string[];
  /** Tags; empty: all. */
  readonly tags: readonly string[];
}

/**
 * The scenarios chosen, in their order. `only` may name scenarios outside the suite.
 * @throws Error for an id or a tag that nothing has
 */
export function chooseScenarios({ suite, only, tags }: Choice, all: readonly Scenario[] = SCENARIOS): readonly Scenario[] {
  const unknown = only.filter((id) => !all.some((scenario) => scenario.id === id));
  if (unknown.length > 0) throw new Error(`no scenario is called ${unknown.join(", ")}. \`verifier list\` shows all.`);
  const unused = tags.filter((tag) => !all.some((scenario) => scenario.tags.includes(tag)));
  if (unused.length > 0) throw new Error(`no scenario has the tag ${unused.join(", ")}. \`verifier list\` shows all.`);
  return all.filter(
    ({ id, suites, tags: has }) =>
      (only.length > 0 ? only.includes(id) : suites.includes(suite)) && (tags.length === 0 || tags.some((tag) => has.includes(tag))),
  );
}
