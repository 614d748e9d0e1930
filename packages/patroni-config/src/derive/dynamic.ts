import { entriesOf, type Topology, writtenSettings } from "@matriarch/topology";
import type { DynamicSection } from "../model.ts";
import { PATRONI_DIALECT } from "../settings/dialect.ts";
import { PATRONI_SETTINGS } from "../settings/patroni.ts";
import { deriveSharedParameters } from "./parameters.ts";

/** The section of the DCS: read from the file once, at the bootstrap; later changes are applied with patronictl. */
export function deriveDynamic(topology: Topology): DynamicSection {
  const written = writtenSettings(PATRONI_DIALECT, PATRONI_SETTINGS, topology);
  return {
    settings: entriesOf(PATRONI_SETTINGS, { topology }, written).flatMap(({ entries }) => entries),
    slots: Object.fromEntries(topology.slots.map(({ name, database, plugin }) => [name, { type: "logical", database, plugin }])),
    postgresql: { use_slots: true, parameters: deriveSharedParameters(topology) },
  };
}
