import { DAEMON_USERS, type NodeRole, PORTS, type RenderedFile, SERVICE_USERS, type Topology, layoutOf } from "@matriarch/topology";
import { compileTemplate } from "../template.ts";
import { dockerfile } from "./dockerfile.hbs.ts";
import { ENTRYPOINTS } from "./entrypoints.ts";

interface ImageRow {
  /** Shell commands of the one layer, after `apt-get update`. */
  readonly steps: readonly string[];
  readonly environment?: readonly string[];
  readonly home?: string;
  readonly stopSignal?: string;
}

const INSTALL = "apt-get install --yes --no-install-recommends";

/** A package at the platform's version, whatever its packaging revision: security updates come, surprises do not. */
function pinned(name: string, version: string): string {
  return `'${name}=${version}*'`;
}

/** Only Debian's cluster wrappers (postgresql-common) are Perl; nothing here calls them. */
const WITHOUT_PERL = "rm -rf /usr/share/perl /usr/lib/*/perl /usr/lib/*/libperl*";

function extensionPackages({ extensions, postgresqlVersion }: Topology): string[] {
  const packages = extensions.map((extension) => extension.package);
  return [...new Set(packages)].filter((name) => name !== `postgresql-${postgresqlVersion}`).toSorted();
}

/** LLVM serves just-in-time compilation only: without it the image is 150 MB smaller, and PostgreSQL finds `jit` unavailable. */
function withoutJit(bin: string): string {
  return `rm -rf /usr/lib/llvm-* /usr/lib/*/libLLVM* /usr/lib/*/libz3* ${bin}/../lib/llvmjit* ${bin}/../lib/bitcode`;
}

/**
 * Names of time zones that were replaced, such as US/Eastern and Asia/Calcutta. Clients still send them: JDBC the one of its
 * machine, libpq PGTZ. A server without them refuses the session (docker-library/postgres#1355).
 */
const OLD_TIME_ZONES = "tzdata-legacy";

const PATRONI_ETCD3 = "/usr/lib/python3/dist-packages/patroni/dcs/etcd3.py";

/**
 * Debian's etcd speaks of errors as etcd 3.6 does: the text is in "message" and not in "error", where Patroni 4.0.7 looks
 * for it. It then does not know that its token is outdated by a change of etcd's users, and does not log in again until
 * the token expires: ten minutes without a primary. Source: https://github.com/patroni/patroni/issues/3525
 */
const READ_ETCD_ERRORS = `sed -i 's/error = str(data_error)$/error = str(data_error or data.get("message"))/' ${PATRONI_ETCD3} && grep -q 'data.get("message")' ${PATRONI_ETCD3}`;

function postgresqlImage(topology: Topology): ImageRow {
  const { platform, postgresqlVersion } = topology;
  const bin = platform.postgresqlBin(postgresqlVersion);
  const home = `${layoutOf(topology.target, "postgresql", "").run}/home`;
  const packages = [`postgresql-${postgresqlVersion}`, ...extensionPackages(topology), pinned("patroni", platform.versions.patroni)];
  return {
    home,
    steps: [
      // First, and told not to make a cluster: otherwise the image carries a stray one.
      `${INSTALL} postgresql-common`,
      "echo 'create_main_cluster = false' >> /etc/postgresql-common/createcluster.conf",
      `${INSTALL} ${packages.join(" ")} python3-psycopg2 python3-etcd ${OLD_TIME_ZONES} curl tini`,
      READ_ETCD_ERRORS,
      ...(topology.jit ? [] : [withoutJit(bin)]),
      WITHOUT_PERL,
      "find / -xdev -name __pycache__ -prune -exec rm -rf {} +",
    ],
    environment: [
      `PATH=${bin}:/usr/local/bin:/usr/bin:/bin`,
      `HOME=${home}`,
      "LANG=C.UTF-8",
      "PYTHONDONTWRITEBYTECODE=1",
      "PYTHONUNBUFFERED=1",
    ],
  };
}

const IMAGES: Record<NodeRole, (topology: Topology) => ImageRow> = {
  etcd: ({ platform: { versions } }) => ({
    steps: [`${INSTALL} ${pinned("etcd-server", versions.etcd)} ${pinned("etcd-client", versions.etcd)} curl tini`],
  }),
  postgresql: postgresqlImage,
  haproxy: ({ platform: { versions } }) => ({ steps: [`${INSTALL} ${pinned("haproxy", versions.haproxy)} curl tini`] }),
  pgbouncer: ({ platform: { versions }, postgresqlVersion, target }) => ({
    steps: [
      `${INSTALL} ${pinned("pgbouncer", versions.pgbouncer)} libpq5 libreadline8t64 tini`,
      // Two programs of PostgreSQL's client, for the health check and for the console: the package wants more of Debian's wrappers.
      `cd /tmp && apt-get download postgresql-client-${postgresqlVersion} && dpkg-deb --extract postgresql-client-*.deb client`,
      "install --mode 0555 client/usr/lib/postgresql/*/bin/pg_isready client/usr/lib/postgresql/*/bin/psql /usr/local/bin && rm -rf /tmp/*",
      WITHOUT_PERL,
    ],
    // The console answers on the socket only: `docker exec -it <pgbouncer> psql` asks for its password.
    environment: [
      `PGHOST=${layoutOf(target, "pgbouncer", "").run}`,
      `PGPORT=${PORTS.pgbouncer}`,
      `PGUSER=${SERVICE_USERS.pgbouncerConsole}`,
      "PGDATABASE=pgbouncer",
    ],
    // SIGTERM would wait for every client to leave (since PgBouncer 1.23).
    stopSignal: "SIGINT",
  }),
};

const renderDockerfile = compileTemplate(dockerfile);

/** `images/<kind>/Dockerfile` and its entrypoint, for each kind that the topology has. */
export function renderImages(topology: Topology, kinds: readonly NodeRole[]): RenderedFile[] {
  return kinds.flatMap((kind): RenderedFile[] => {
    const row = IMAGES[kind](topology);
    const layout = layoutOf(topology.target, kind, "");
    const values = {
      baseImage: topology.platform.baseImage,
      uid: DAEMON_USERS[kind].id,
      user: DAEMON_USERS[kind].name,
      home: row.home ?? layout.volume,
      volume: layout.volume,
      steps: row.steps,
      environment: row.environment ?? [],
      stopSignal: row.stopSignal ?? "",
    };
    return [
      { path: `images/${kind}/Dockerfile`, content: renderDockerfile(values), mode: 0o444 },
      { path: `images/${kind}/entrypoint`, content: ENTRYPOINTS[kind](layout), mode: 0o555 },
    ];
  });
}
