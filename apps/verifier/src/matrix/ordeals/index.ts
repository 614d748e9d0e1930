import { DCS_ORDEALS } from "./dcs.ts";
import { NETWORK_ORDEALS } from "./network.ts";
import { NODE_ORDEALS } from "./nodes.ts";
import { OPERATION_ORDEALS } from "./operations.ts";
import type { Ordeal } from "./ordeal.ts";
import { REPLICA_ORDEALS } from "./replicas.ts";
import { RESOURCE_ORDEALS } from "./resources.ts";
import { WAY_IN_ORDEALS } from "./way-in.ts";

/** Every fault, and what is expected then, in the order in which they are played. */
export const ORDEALS: readonly Ordeal[] = [
  ...OPERATION_ORDEALS,
  ...NODE_ORDEALS,
  ...REPLICA_ORDEALS,
  ...DCS_ORDEALS,
  ...NETWORK_ORDEALS,
  ...RESOURCE_ORDEALS,
  ...WAY_IN_ORDEALS,
];
