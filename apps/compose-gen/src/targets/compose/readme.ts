import type { RenderedFile, Topology } from "@matriarch/topology";
import { renderDiagram } from "./diagram.ts";
import { readme } from "./readme.hbs.ts";
import { firstService, servicesOf } from "./service-file.ts";
import { compileTemplate } from "./template.ts";

const REPLICATION: Record<Topology["replication"]["mode"], (count: number) => string> = {
  asynchronous: () => "replicating asynchronously: a failover may lose the last moments of acknowledged writes",
  synchronous: (count) => `replicating synchronously to ${count} standby${count === 1 ? "" : "s"}`,
  quorum: (count) => `each commit confirmed by any ${count} standby${count === 1 ? "" : "s"} (quorum)`,
};

const WHAT: Record<Topology["haproxy"][number]["published"][number]["service"], string> = {
  pgbouncer: "PgBouncer: the usual way in",
  rw: "HAProxy, read-write, past the pooler",
  ro: "HAProxy, read-only, past the pooler",
  stats: "HAProxy's stats page (HTTPS), /metrics for Prometheus",
  postgresql: "PostgreSQL itself, for the operator",
  patroni: "Patroni's REST API, for the operator",
  etcd: "etcd, for the operator",
};

function uriOf(topology: Topology): string {
  const service = firstService(topology);
  if (!service) return "";
  const { host, port, dbname, user, ...rest } = service.settings;
  const ports = String(port).split(",");
  const places = String(host)
    .split(",")
    .map((name, index) => `${name}:${ports[index]}`);
  const options = Object.entries(rest)
    .filter(([key]) => key.startsWith("ssl"))
    .map(([key, value]) => `${key}=${value}`);
  return `postgresql://${user}@${places.join(",")}/${dbname}?${options.join("&")}`;
}

/** What a client can leave to the next one on its connection. */
function poolTerms({ pools }: Topology): string[] {
  if (pools.mode === "session") return [];
  return [
    "PgBouncer gives a connection to another client after each transaction, with what SET, pg_dump, PREPARE, LISTEN and advisory locks left on it. Use SET LOCAL; whatever needs a session goes by a direct service, and a dump by ./cluster dump.",
  ];
}

function terms(topology: Topology): string[] {
  const fixed = topology.postgresql.filter(({ promotable }) => !promotable).map(({ name }) => name);
  return [
    topology.failsafe
      ? "Without etcd the primary stays writable while every member answers it."
      : "Without etcd's quorum the cluster is read-only: the read-write port refuses, reads go on.",
    ...(fixed.length === 0 ? [] : [`Never promoted by itself: ${fixed.join(", ")}.`]),
    "The superuser logs in on its own node only: docker exec -it <node> psql.",
    ...(topology.pgbouncer.length === 0
      ? []
      : ["PgBouncer's console answers in its own container only: docker exec -it <pgbouncer> psql.", ...poolTerms(topology)]),
  ];
}

/** The operator's page of the bundle. */
export function renderReadme(topology: Topology, version: string): RenderedFile {
  const members = [...topology.pgbouncer, ...topology.haproxy, ...topology.postgresql, ...topology.etcd];
  const values = {
    scope: topology.scope,
    version,
    postgresqlVersion: topology.postgresqlVersion,
    nodes: topology.postgresql.length === 1 ? "one node" : `${topology.postgresql.length} nodes`,
    replication: REPLICATION[topology.replication.mode](topology.replication.synchronousStandbys),
    services: servicesOf(topology).map(({ name }) => name),
    database: (topology.databases.find(({ owner }) => owner !== null) ?? topology.databases[0])?.name ?? "",
    uri: uriOf(topology),
    severalPlaces: topology.pgbouncer.length > 1 || topology.haproxy.length > 1,
    clientCertificates: topology.tls.clientCertificates,
    ports: members.flatMap((member) =>
      member.published.map(({ service, hostAddress, hostPort }) => ({
        what: `${WHAT[service]} (${member.name})`,
        where: `${hostAddress}:${hostPort}`,
      })),
    ),
    terms: terms(topology),
    diagram: renderDiagram(topology),
  };
  return { path: "README.md", content: renderTemplate(values), mode: 0o444 };
}

const renderTemplate = compileTemplate(readme);
