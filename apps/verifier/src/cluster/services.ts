import type { BundleFacts } from "./bundle.ts";

/** How a client reaches the cluster, and what for. */
export interface Way {
  readonly through: "pooler" | "balancer";
  readonly access: "rw" | "ro";
}

/** How the bundle names the services of a database and its owner. */
const SUFFIXES = { pooler: { rw: "_rw", ro: "_ro" }, balancer: { rw: "-direct-rw", ro: "-direct-ro" } } as const;

/** Databases that every cluster has; an application's own is used where there is one. */
const MAINTENANCE = "postgres";

/** The database that the verifier uses: the first one that is an application's. */
function databaseOf({ services }: BundleFacts): string {
  const { balancer } = SUFFIXES;
  const all = [...services.keys()].filter((name) => name.endsWith(balancer.rw)).map((name) => name.slice(0, -balancer.rw.length));
  const database = all.find((name) => name !== MAINTENANCE) ?? all[0];
  if (database === undefined) throw new Error(`pg_service.conf has no service that ends in ${balancer.rw}`);
  return database;
}

/** The service of the bundle that leads there. Throws when it has none. */
export function serviceFor(facts: BundleFacts, { through, access }: Way): string {
  return `${databaseOf(facts)}${SUFFIXES[through][access]}`;
}
