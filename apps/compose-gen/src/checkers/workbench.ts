import { NODE_ROLES, type NodeRole } from "@matriarch/topology";
import { z } from "zod";

/** The parts of compose's view of a service that the workbench changes; the rest is kept as it is. */
const serviceSchema = z.looseObject({
  labels: z.looseObject({ "matriarch.role": z.enum(NODE_ROLES) }),
  networks: z.record(z.string(), z.unknown()),
});
type Service = z.infer<typeof serviceSchema>;

/** Compose's view of a bundle, as `docker compose config --format json` prints it. */
export const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.unknown()),
});
type Compose = z.infer<typeof composeSchema>;

/** The only network left: etcd's members and Patroni need it, and nothing in it reaches further than this bundle. */
const NETWORK = "dcs";

/** Everything is mounted, nothing runs: the checkers are started in it. */
const IDLE = { entrypoint: ["/usr/bin/tini", "--", "sleep", "infinity"], command: [], healthcheck: { disable: true } };
const ALONE = { networks: undefined, network_mode: "none" };

/** How a member of each kind takes part: etcd and PgBouncer have no checker, so they run. */
const BENCHES: Record<NodeRole, (service: Service) => Record<string, unknown>> = {
  etcd: ({ networks }) => ({ networks: { [NETWORK]: networks[NETWORK] } }),
  postgresql: ({ networks }) => ({ ...IDLE, networks: { [NETWORK]: networks[NETWORK] } }),
  haproxy: () => ({ ...IDLE, ...ALONE }),
  // It listens on its address although no network gives it one.
  pgbouncer: () => ({ ...ALONE, sysctls: { "net.ipv4.ip_nonlocal_bind": "1" } }),
};

/**
 * The containers of a bundle as a workbench: images, users, restrictions and mounts stay; published ports and all networks
 * but etcd's go, and what has a checker idles until it is told to check. Nothing restarts: a daemon that cannot run is to
 * be seen.
 */
export function workbenchOf(compose: Compose) {
  const benches = Object.entries(compose.services).map(([name, service]) => {
    const bench = BENCHES[service.labels["matriarch.role"]](service);
    return [name, { ...service, restart: "no", ports: [], depends_on: {}, ...bench }];
  });
  return { ...compose, services: Object.fromEntries(benches), networks: { [NETWORK]: compose.networks[NETWORK] } };
}
