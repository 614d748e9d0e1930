import type { PlatformId, Topology } from "@matriarch/topology";
import { SHIPPED as DEBIAN_13_17 } from "./debian-13-17.ts";
import type { Shipped } from "./shipped.ts";

/** By platform and major version. */
const SHIPPED: Readonly<Record<PlatformId, Readonly<Record<number, Shipped>>>> = { "debian-13": { 17: DEBIAN_13_17 } };

/** What the topology's image of PostgreSQL holds; `undefined` for a version that the platform does not have. */
export function shippedWith({ platform, postgresqlVersion }: Pick<Topology, "platform" | "postgresqlVersion">): Shipped | undefined {
  return SHIPPED[platform.id][postgresqlVersion];
}
