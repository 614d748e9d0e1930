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

function settingsOf(topology: Topology, login: string, dbname: string, port: number): Service["settings"] {
  return {
    host: topology.publishAddress === "0.0.0.0" ? "localhost" : hostOf(topology.publishAddress),
    port,
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

function hostPort(topology: Topology, kind: "pgbouncer" | "haproxy", service: "pgbouncer" | "rw" | "ro"): number | undefined {
  return topology[kind][0]?.published.find((published) => published.service === service)?.hostPort;
}

/** Who uses a database by default: its owner, else the first that may connect. */
function usualLogin(topology: Topology, database: Database): Login | undefined {
  return topology.logins.find(({ name }) => name === (database.owner ?? database.connectable[0]));
}

/** Every way in: `<alias>` and `<alias>-<role>` through PgBouncer, `<database>-direct-<route>` past it, through HAProxy. */
export function servicesOf(topology: Topology): Service[] {
  const pooled = hostPort(topology, "pgbouncer", "pgbouncer");
  return topology.databases.flatMap((database) => {
    const usual = usualLogin(topology, database);
    return (["rw", "ro"] as const).flatMap((route): Service[] => {
      const direct = hostPort(topology, "haproxy", route);
      const alias = `${database.name}_${route}`;
      const others = database.connectable.filter((name) => name !== usual?.name);
      return [
        ...(usual && pooled !== undefined ? [{ name: alias, settings: settingsOf(topology, usual.name, alias, pooled) }] : []),
        ...(pooled === undefined
          ? []
          : others.map((name) => ({ name: `${alias}-${name}`, settings: settingsOf(topology, name, alias, pooled) }))),
        ...(usual && direct !== undefined
          ? [{ name: `${database.name}-direct-${route}`, settings: settingsOf(topology, usual.name, database.name, direct) }]
          : []),
      ];
    });
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
