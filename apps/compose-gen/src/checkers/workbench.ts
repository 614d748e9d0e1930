import { NODE_ROLES, type NodeRole, layoutOf } from "@matriarch/topology";
import { z } from "zod";

/** The parts of compose's view of a service that the workbench changes; the rest is kept as it is. */
const serviceSchema = z.looseObject({
  image: z.string(),
  container_name: z.string(),
  labels: z.looseObject({ "matriarch.role": z.enum(NODE_ROLES) }),
  user: z.string(),
  networks: z.record(z.string(), z.unknown()),
  tmpfs: z.array(z.string()),
  volumes: z.array(z.unknown()),
});
type Service = z.infer<typeof serviceSchema>;

/** Compose's view of a bundle, as `docker compose config --format json` prints it. */
export const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.unknown()).optional(),
});
type Compose = z.infer<typeof composeSchema>;

/** Beside each pooler, whose socket only its own user may open: a container with that user's number, and with psql. */
export function consoleOf(member: string): string {
  return `${member}-console`;
}

/** Where the pooler has its socket: a folder that it shares with its console. */
const SOCKET_FOLDER = layoutOf("compose", "pgbouncer", "").run;

function socketMount(pooler: string) {
  return { type: "volume", source: `${pooler}-run`, target: SOCKET_FOLDER };
}

/** The only network left: etcd's members and Patroni need it, and nothing in it reaches further than this bundle. */
const NETWORK = "dcs";

/** Everything is mounted, nothing runs: the checkers are started in it. */
const IDLE = { entrypoint: ["/usr/bin/tini", "--", "sleep", "infinity"], command: [], healthcheck: { disable: true } };

/** How a member of each kind takes part: etcd and PgBouncer have no checker, so they run. */
const BENCHES: Record<NodeRole, (service: Service, name: string) => Record<string, unknown>> = {
  etcd: ({ networks }) => ({ networks: { [NETWORK]: networks[NETWORK] } }),
  postgresql: ({ networks }) => ({ ...IDLE, networks: { [NETWORK]: networks[NETWORK] } }),
  haproxy: () => ({ ...IDLE, networks: undefined, network_mode: "none" }),
  pgbouncer: ({ tmpfs, volumes }, name) => ({
    networks: undefined,
    network_mode: "none",
    // It listens on its address although no network gives it one.
    sysctls: { "net.ipv4.ip_nonlocal_bind": "1" },
    tmpfs: tmpfs.filter((mount) => !mount.startsWith(`${SOCKET_FOLDER}:`)),
    volumes: [...volumes, socketMount(name)],
  }),
};

function consoleService(pooler: Service, name: string, imageWithPsql: string) {
  const { container_name, user } = pooler;
  return { ...IDLE, image: imageWithPsql, container_name: consoleOf(container_name), user, network_mode: "none", volumes: [socketMount(name)] };
}

/** A folder in memory that belongs to a user, `<number>:<group>`. */
function sharedFolder(user: string) {
  const [uid, gid] = user.split(":");
  return { driver_opts: { type: "tmpfs", device: "tmpfs", o: `uid=${uid},gid=${gid},mode=0700` } };
}

function benchOf(service: Service, name: string) {
  // Not restarted: a daemon that cannot run is to be seen.
  return { ...service, restart: "no", ports: [], depends_on: {}, ...BENCHES[service.labels["matriarch.role"]](service, name) };
}

/**
 * The containers of a bundle as a workbench: images, users, restrictions and mounts stay; published ports and all networks
 * but etcd's go, and what has a checker idles until it is told to check.
 */
export function workbenchOf(compose: Compose) {
  const members = Object.entries(compose.services);
  const poolers = members.filter(([, { labels }]) => labels["matriarch.role"] === "pgbouncer");
  const imageWithPsql = members.find(([, { labels }]) => labels["matriarch.role"] === "postgresql")?.[1].image ?? "";
  return {
    ...compose,
    services: Object.fromEntries([
      ...members.map(([name, service]) => [name, benchOf(service, name)]),
      ...poolers.map(([name, service]) => [consoleOf(name), consoleService(service, name, imageWithPsql)]),
    ]),
    networks: { [NETWORK]: compose.networks[NETWORK] },
    volumes: {
      ...compose.volumes,
      ...Object.fromEntries(poolers.map(([name, { user }]) => [socketMount(name).source, sharedFolder(user)])),
    },
  };
}
