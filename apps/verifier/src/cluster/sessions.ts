import { readFile } from "node:fs/promises";
import path from "node:path";
import { type ConnectionOptions, checkServerIdentity } from "node:tls";
import { Client, type ClientConfig, DatabaseError } from "pg";
import type { BundleFacts } from "./bundle.ts";
import { type NewestTls, onlyTls } from "./https.ts";
import { type Identity, type KeyPair, readIdentity } from "./identity.ts";

/** Where a session goes, when it is not exactly a service of the bundle. */
export interface SessionOptions {
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  /** A session that asks to stream WAL. */
  readonly replication?: boolean;
  /** `false`: no TLS at all. */
  readonly encrypted?: boolean;
  /** Whose certificate is presented; that of the service by default, `null`: none. */
  readonly identity?: Identity | KeyPair | null;
  /** The authority to trust, in the bundle, instead of the service's. */
  readonly authority?: string;
  /** The name that the server has to prove, where it is not the one that is dialled. */
  readonly serverName?: string;
  /** The newest version of TLS that is offered. */
  readonly newestTls?: NewestTls;
  /** Milliseconds until a connection attempt is given up; 5,000 by default. */
  readonly connectTimeout?: number;
}

/** The password of a role, from the bundle's own password file. */
async function passwordOf(facts: BundleFacts, role: string): Promise<string> {
  const text = await readFile(path.join(facts.directory, "secrets/clients/pgpass"), "utf8");
  const line = text.split("\n").find((entry) => entry.startsWith(`*:*:*:${role}:`));
  if (line === undefined) throw new Error(`no password of ${role} in the bundle`);
  return line.slice(`*:*:*:${role}:`.length).replace(/\\([\\:])/g, "$1");
}

async function certificateOf(
  facts: BundleFacts,
  settings: Readonly<Record<string, string>>,
  { identity }: SessionOptions,
): Promise<ConnectionOptions> {
  if (identity === null) return {};
  if (identity !== undefined) return readIdentity(facts, identity);
  const { sslcert, sslkey } = settings;
  if (sslcert === undefined || sslkey === undefined) return {};
  const read = (file: string) => readFile(path.join(facts.directory, file), "utf8");
  return { cert: await read(sslcert), key: await read(sslkey) };
}

async function tlsOf(facts: BundleFacts, settings: Readonly<Record<string, string>>, options: SessionOptions): Promise<ConnectionOptions> {
  const { authority, serverName, newestTls } = options;
  return {
    // Node verifies the chain and the host name: libpq's verify-full.
    rejectUnauthorized: true,
    ca: await readFile(path.join(facts.directory, authority ?? settings["sslrootcert"] ?? ""), "utf8"),
    ...(await certificateOf(facts, settings, options)),
    ...(serverName === undefined ? {} : { checkServerIdentity: (_, certificate) => checkServerIdentity(serverName, certificate) }),
    ...(newestTls === undefined ? {} : onlyTls(newestTls)),
  };
}

/** Where a service leads: to each of its hosts at the port in the same position, as libpq reads the two lists. */
export function placesOf(settings: Readonly<Record<string, string>>): { readonly host: string; readonly port: number }[] {
  const hosts = (settings["host"] ?? "localhost").split(",");
  const ports = (settings["port"] ?? "").split(",");
  return hosts.map((host, index) => ({ host, port: Number(ports[index] ?? ports[0]) }));
}

/** One for each place that the service names, in their order. */
async function configsOf(facts: BundleFacts, service: string, options: SessionOptions): Promise<ClientConfig[]> {
  const settings = facts.services.get(service);
  if (!settings) throw new Error(`pg_service.conf has no ${service}; it has ${[...facts.services.keys()].join(", ")}`);
  const user = options.user ?? settings["user"] ?? "";
  const common: ClientConfig = {
    database: options.database ?? settings["dbname"] ?? "",
    user,
    password: options.password ?? (await passwordOf(facts, user)),
    connectionTimeoutMillis: options.connectTimeout ?? 5000,
    ...(options.replication ? { replication: "true" } : {}),
    ssl: options.encrypted === false ? false : await tlsOf(facts, settings, options),
  };
  const { port } = options;
  if (port !== undefined) return [{ ...common, host: placesOf(settings)[0]?.host ?? "localhost", port }];
  return placesOf(settings).map((place) => ({ ...common, ...place }));
}

/** A server that starts or stops lets nobody in: the next place is asked. */
const CANNOT_CONNECT_NOW = "57P03";

/** Whether a server decided: libpq asks no other then (`PQconnectPoll`). */
function isDecided(error: unknown): boolean {
  return error instanceof DatabaseError && error.code !== CANNOT_CONNECT_NOW;
}

/**
 * An open session over verified TLS, at the first place of the service that lets it in. The caller ends it. Throws what the
 * last server or network answered.
 */
export async function openSession(facts: BundleFacts, service: string, options: SessionOptions = {}): Promise<Client> {
  let refusal: unknown = new Error(`${service} names no place`);
  for (const config of await configsOf(facts, service, options)) {
    const client = new Client(config);
    // A session that is cut raises an event besides failing its query; the query's error is the one that counts.
    client.on("error", () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      refusal = error;
      if (isDecided(error)) break;
    }
  }
  throw refusal;
}

/** One query in a session of its own; gives the rows. */
export async function query<Row extends object>(
  facts: BundleFacts,
  service: string,
  text: string,
  values: unknown[] = [],
  options: SessionOptions = {},
): Promise<Row[]> {
  const client = await openSession(facts, service, options);
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The SQLSTATE or the system's code of whatever a promise was rejected with; `null` where it was fulfilled. */
export async function failureCode(attempt: Promise<unknown>): Promise<string | null> {
  try {
    await attempt;
    return null;
  } catch (error) {
    return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
  }
}
