import type { Scenario, Suite } from "../run/scenario.ts";
import { containers } from "./containers.ts";
import { etcd } from "./etcd.ts";
import { faultScenario } from "./fault-scenario.ts";
import { haproxy } from "./haproxy.ts";
import { ORDEALS } from "./ordeals.ts";
import { patroni } from "./patroni.ts";
import { pgbouncer } from "./pgbouncer.ts";
import { postgresql } from "./postgresql.ts";
import { type Component, componentScenario } from "./probe.ts";
import { wholeCluster } from "./whole.ts";

const COMPONENTS: readonly Component[] = [etcd, patroni, postgresql, haproxy, pgbouncer, containers];

/** Every scenario there is, in the order in which they are played: what is cheap and tells most comes first. */
export const SCENARIOS: readonly Scenario[] = [
  ...COMPONENTS.map(componentScenario),
  wholeCluster(COMPONENTS),
  ...ORDEALS.map(faultScenario),
];

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
