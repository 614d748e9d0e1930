import type { Finding } from "./diagnostic.ts";
import type { Topology } from "./resolve/topology.ts";

/** One thing that can be wrong with a topology. Named, pure, and total: it never throws on what the schema accepted. */
export type Rule = (topology: Topology) => readonly Finding[];
