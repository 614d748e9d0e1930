import { EMPTY_LEDGER, formatLedger, type Ledger, resolve, type Topology, topologySchema, type WrittenTopology } from "@matriarch/topology";
import { type AppliedState, type Before, readBefore } from "../change/before.ts";
import { type Facts, formatFacts } from "../change/facts.ts";
import { renderComposeGeneration } from "../targets/compose/render.ts";

type Written = Partial<WrittenTopology> & Pick<WrittenTopology, "nodes">;

/** One generation of a cluster: what it is rendered from, and its facts. */
export interface Generation {
  readonly topology: Topology;
  readonly facts: Facts;
}

/** Renders a topology whose members were given what the ledger says. */
export function generationOf(written: Written, ledger: Ledger = EMPTY_LEDGER): Generation {
  const topology = resolve(topologySchema.parse({ cluster: "first", ...written }), ledger);
  return { topology, facts: renderComposeGeneration(topology, "1.2.3").facts };
}

/** What the folder of a generation says after its `./cluster up`. */
export function appliedFrom({ topology, facts }: Generation, changes: Partial<AppliedState> = {}): Before {
  const started = facts.members.map(({ name }) => name);
  const applied = { facts: formatFacts(facts), started, isStopped: false, forgotten: [], ...changes };
  return readBefore({ ledger: formatLedger(topology.ledger), applied, scope: topology.scope, rendered: undefined });
}

/** The next generation in the same folder. */
export function nextOf(before: Generation, written: Written): Generation {
  return generationOf(written, before.topology.ledger);
}
