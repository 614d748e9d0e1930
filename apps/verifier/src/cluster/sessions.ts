import { readFile } from "node:fs/promises";
import path from "node:path";
import { Client, type ClientConfig } from "pg";
import type { BundleFacts } from "./bundle.ts";

/** Where a session goes, when it is not exactly a service of the bundle. */
export interface SessionOptions {
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  /** `false`: present no certificate, although the bundle has one. */
  readonly certificate?: boolean;
  /** PEM of the authority to trust instead of the cluster's. */
  readonly authority?: string;
  /** Milliseconds until a connection attempt is given up; 5,000 by default. */
  readonly connectTimeout?: number;
}

/** The password of a role, from the bundle's own password file. */
export async function passwordOf(facts: BundleFacts, role: string): Promise<string> {
  const text = await readFile(path.join(facts.directory, "secrets/clients/pgpass"), "utf8");
  const line = text.split("\n").find((entry) => entry.startsWith(`*:*:*:${role}:`));
  if (line === undefined) throw new Error(`no password of ${role} in the bundle`);
  return line.slice(`*:*:*:${role}:`.length).replace(/\\([\\:])/g, "$1");
}

async function configOf(facts: BundleFacts, service: string, options: SessionOptions): Promise<ClientConfig> {
  const settings = facts.services.get(service);
  if (!settings) throw new Error(`pg_service.conf has no ${service}; it has ${[...facts.services.keys()].join(", ")}`);
  const read = (file: string) => readFile(path.join(facts.directory, file), "utf8");
  const user = options.user ?? settings["user"] ?? "";
  const certificate = options.certificate !== false && settings["sslcert"] !== undefined && settings["sslkey"] !== undefined;
  return {
    host: settings["host"] ?? "localhost",
    port: options.port ?? Number(settings["port"]),
    database: options.database ?? settings["dbname"] ?? "",
    user,
    password: options.password ?? (await passwordOf(facts, user)),
    connectionTimeoutMillis: options.connectTimeout ?? 5000,
    // Node verifies the chain and the host name: libpq's verify-full.
    ssl: {
      rejectUnauthorized: true,
      ca: options.authority ?? (await read(settings["sslrootcert"] ?? "")),
      ...(certificate ? { cert: await read(settings["sslcert"] ?? ""), key: await read(settings["sslkey"] ?? "") } : {}),
    },
  };
}

/** An open session over verified TLS. The caller ends it. Throws what the server or the network answered. */
export async function openSession(facts: BundleFacts, service: string, options: SessionOptions = {}): Promise<Client> {
  const client = new Client(await configOf(facts, service, options));
  // A session that is cut raises an event besides failing its query; the query's error is the one that counts.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** One query in a session of its own; gives the rows. */
export async function query<Row extends object>(facts: BundleFacts, service: string, text: string, values: unknown[] = [], options: SessionOptions = {}): Promise<Row[]> {
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
