import type { NodeRole } from "@matriarch/topology";
import { z } from "zod";

/** The parts of compose's view of a service that the workbench changes; the rest is kept as it is. */
const serviceSchema = z.looseObject({
  image: z.string(),
  container_name: z.string(),
  labels: z.looseObject({ "matriarch.role": z.enum(["etcd", "postgresql", "haproxy", "pgbouncer"]) }),
  user: z.string(),
  networks: z.record(z.string(), z.unknown()),
  tmpfs: z.array(z.string()),
  volumes: z.array(z.looseObject({ type: z.string(), target: z.string() })),
});
type Service = z.infer<typeof serviceSchema>;

/** Compose's view of a bundle, as `docker compose config --format json` prints it. */
export const composeSchema = z.looseObject({
  name: z.string(),
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.unknown()),
});
export type Compose = z.infer<typeof composeSchema>;

/** Beside a member whose socket only its own user may open: a container with that user's number, and with psql. */
export function consoleOf(member: string): string {
  return `${member}-console`;
}

/** The volume that a pooler shares with its console in place of the folder for its socket. */
function socketVolume(member: string): string {
  return `${member}-run`;
}

/** Idle, with everything mounted: the checkers run in it. */
const IDLE = { entrypoint: ["/usr/bin/tini", "--", "sleep", "infinity"], command: [], healthcheck: { disable: true } };

/** What the network of etcd and Patroni is called. No other is needed: nothing in it reaches further than this bundle. */
const DCS = "dcs";

/** How a member of each kind takes part: etcd and PgBouncer have no checker, so they run. */
const BENCHES: Record<NodeRole, (service: Service, name: string, runFolder: string) => Record<string, unknown>> = {
  etcd: ({ networks }) => ({ networks: { [DCS]: networks[DCS] } }),
  postgresql: ({ networks }) => ({ ...IDLE, networks: { [DCS]: networks[DCS] } }),
  haproxy: () => ({ ...IDLE, networks: undefined, network_mode: "none" }),
  pgbouncer: ({ tmpfs, volumes }, name, runFolder) => ({
    networks: undefined,
    network_mode: "none",
    // It listens on its address although no network gives it one.
    sysctls: { "net.ipv4.ip_nonlocal_bind": "1" },
    tmpfs: tmpfs.filter((mount) => !mount.startsWith(`${runFolder}:`)),
    volumes: [...volumes, { type: "volume", source: socketVolume(name), target: runFolder }],
  }),
};

function consoleService({ container_name, user }: Service, name: string, image: string, runFolder: string) {
  const volumes = [{ type: "volume", source: socketVolume(name), target: runFolder }];
  return { ...IDLE, image, container_name: consoleOf(container_name), user, network_mode: "none", pull_policy: "never", volumes };
}

/** A folder in memory that belongs to the user, `<number>:<number>`, of the containers that share it. */
function sharedFolder(user: string) {
  const [uid, gid] = user.split(":");
  return { driver: "local", driver_opts: { type: "tmpfs", device: "tmpfs", o: `uid=${uid},gid=${gid},mode=0700` } };
}

/**
 * The same containers as a workbench: images, users, restrictions and mounts stay; published ports and every network but
 * etcd's go. What has a checker idles until it is told to check.
 * @param runFolders folder of the sockets, by kind
 */
export function workbenchOf(compose: Compose, runFolders: Readonly<Record<NodeRole, string>>) {
  const members = Object.entries(compose.services);
  const poolers = members.filter(([, { labels }]) => labels["matriarch.role"] === "pgbouncer");
  const withPsql = members.find(([, { labels }]) => labels["matriarch.role"] === "postgresql")?.[1].image ?? "";
  const runFolder = runFolders.pgbouncer;
  const benches = members.map(([name, service]) => {
    const { "matriarch.role": role } = service.labels;
    // Not restarted: a daemon that cannot run is to be seen.
    const alone = { ...service, restart: "no", ports: [], depends_on: {} };
    return [name, { ...alone, ...BENCHES[role](service, name, runFolders[role]) }];
  });
  const consoles = poolers.map(([name, service]) => [consoleOf(name), consoleService(service, name, withPsql, runFolder)]);
  const sockets = poolers.map(([name, { user }]) => [socketVolume(name), sharedFolder(user)]);
  return {
    ...compose,
    services: Object.fromEntries([...benches, ...consoles]),
    networks: { [DCS]: compose.networks[DCS] },
    volumes: { ...compose.volumes, ...Object.fromEntries(sockets) },
  };
}
