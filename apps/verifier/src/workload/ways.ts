import type { BundleFacts } from "../cluster/bundle.ts";
import { serviceFor } from "../cluster/services.ts";

const WAYS = ["pooler", "balancer"] as const;

/** The services that lead to the primary: the pooler's, and the balancer's. */
export function writableServices(facts: BundleFacts): readonly string[] {
  return WAYS.map((through) => serviceFor(facts, { through, access: "rw" }));
}

/** The services that lead to replicas, where there are any: the pooler's, and the balancer's. */
export function readableServices(facts: BundleFacts): readonly string[] {
  return WAYS.map((through) => serviceFor(facts, { through, access: "ro" }));
}
