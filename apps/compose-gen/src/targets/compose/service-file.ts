import { type Database, type Login, type RenderedFile, type Secrets, type Topology } from "@matriarch/topology";
import { stringify } from "ini";
import { roleFolder } from "@matriarch/pki";
import type { SecretOverlay } from "../../bundle.ts";

/** One way in: what `psql service=<name>` dials. */
export interface Service {
  readonly name: string;
  readonly settings: Readonly<Record<string, string | number>>;
}

/** Paths are relative to the bundle: run psql from there. */
const PASSFILE = "clients/pgpass";

/** Where a service is published: at one port of this machine for each member that has it. */
type Ports = readonly number[];

function settingsOf(topology: Topology, login: string, dbname: string, ports: Ports): Service["settings"] {
  const host = topology.publishAddress === "0.0.0.0" ? "localhost" : hostOf(topology.publishAddress);
  return {
    // libpq tries them in this order, and takes the first that lets it in.
    host: ports.map(() => host).join(","),
    port: ports.join(","),
    dbname,
    user: login,
    // Seconds. libpq would wait for ever for a server that accepts and says nothing.
    connect_timeout: 10,
    passfile: `secrets/${PASSFILE}`,
    sslmode: "verify-full",
    sslrootcert: `pki/${roleFolder(login)}/cluster-ca.crt`,
    ...(topology.tls.clientCertificates
      ? { sslcert: `pki/${roleFolder(login)}/client.crt`, sslkey: `pki/${roleFolder(login)}/client.key` }
      : {}),
  };
}

function hostOf(address: string): string {
  return address === "127.0.0.1" ? "localhost" : address;
}

function hostPorts(topology: Topology, kind: "pgbouncer" | "haproxy", service: "pgbouncer" | "rw" | "ro"): Ports {
  return topology[kind].flatMap(({ published }) =>
    published.filter((candidate) => candidate.service === service).map(({ hostPort }) => hostPort),
  );
}

/** Of several balancers one may see less of the cluster than another: the session is asked what it is. */
const SESSIONS = { rw: "read-write", ro: "prefer-standby" } as const;

function directSettings(topology: Topology, login: string, dbname: string, route: "rw" | "ro"): Service["settings"] {
  const ports = hostPorts(topology, "haproxy", route);
  const settings = settingsOf(topology, login, dbname, ports);
  return ports.length > 1 ? { ...settings, target_session_attrs: SESSIONS[route] } : settings;
}

/** Who uses a database by default: its owner, else the first that may connect. */
function usualLogin(topology: Topology, database: Database): Login | undefined {
  return topology.logins.find(({ name }) => name === (database.owner ?? database.connectable[0]));
}

/** `<database>-direct-rw-<role>` for who streams changes: no slot answers on a standby, no pooler passes replication on. */
function captureServices(topology: Topology, database: Database): Service[] {
  if (topology.haproxy.length === 0) return [];
  return database.subscribers.map((role) => ({
    name: `${database.name}-direct-rw-${role}`,
    settings: directSettings(topology, role, database.name, "rw"),
  }));
}

/** `<database>_session`: a connection of one's own for as long as one stays. */
function sessionServices(topology: Topology, database: Database, usual: Login | undefined): Service[] {
  const ports = hostPorts(topology, "pgbouncer", "pgbouncer");
  if (ports.length === 0) return [];
  const aliases = topology.aliases.filter(({ database: name, session }) => name === database.name && session);
  return aliases.flatMap(({ name: alias }) =>
    database.connectable.map((role) => ({
      name: role === usual?.name ? alias : `${alias}-${role}`,
      settings: settingsOf(topology, role, alias, ports),
    })),
  );
}

/**
 * Every way in: `<alias>` and `<alias>-<role>` through PgBouncer, `<database>-direct-<route>` past it, through HAProxy. Each
 * names every pooler or balancer that leads there.
 */
export function servicesOf(topology: Topology): Service[] {
  const pooled = hostPorts(topology, "pgbouncer", "pgbouncer");
  return topology.databases.flatMap((database) => {
    const usual = usualLogin(topology, database);
    const byRoute = (["rw", "ro"] as const).flatMap((route): Service[] => {
      const alias = `${database.name}_${route}`;
      const others = database.connectable.filter((name) => name !== usual?.name);
      const isPooled = pooled.length > 0;
      return [
        ...(usual && isPooled ? [{ name: alias, settings: settingsOf(topology, usual.name, alias, pooled) }] : []),
        ...(isPooled ? others.map((name) => ({ name: `${alias}-${name}`, settings: settingsOf(topology, name, alias, pooled) })) : []),
        ...(usual && topology.haproxy.length > 0
          ? [{ name: `${database.name}-direct-${route}`, settings: directSettings(topology, usual.name, database.name, route) }]
          : []),
      ];
    });
    return [...byRoute, ...sessionServices(topology, database, usual), ...captureServices(topology, database)];
  });
}

/** The service that a person most likely wants first: the first application database, to write. */
export function firstService(topology: Topology): Service | undefined {
  const services = servicesOf(topology);
  const database = topology.databases.find(({ owner }) => owner !== null)?.name;
  return services.find(({ name }) => name === `${database}_rw`) ?? services[0];
}

/** libpq's connection service file: `PGSERVICEFILE=pg_service.conf psql service=app_rw`. Names the password file, holds no password. */
export function renderServiceFile(topology: Topology): RenderedFile {
  const sections = Object.fromEntries(servicesOf(topology).map(({ name, settings }) => [name, settings]));
  return { path: "pg_service.conf", content: stringify(sections), mode: 0o444 };
}

/** libpq's password file, with a line for each role. A backslash and a colon are escaped, everything else stands as it is. */
export function renderPassfile(topology: Topology, secrets: Secrets): SecretOverlay {
  const escape = (text: string) => text.replace(/[\\:]/g, "\\$&");
  const lines = topology.logins.map(({ name, passwordVariable }) => `*:*:*:${name}:${escape(secrets[passwordVariable] ?? "")}\n`);
  return { path: PASSFILE, content: lines.join(""), mode: 0o600, owner: null };
}
