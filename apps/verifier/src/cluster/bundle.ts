import { readFile } from "node:fs/promises";
import path from "node:path";
import type { NodeRole } from "@matriarch/topology";
import { parse } from "yaml";

export interface BundleMember {
  readonly name: string;
  readonly role: NodeRole;
  readonly datacenter: string;
  readonly container: string;
  /** Published ports: container port → host address and port. */
  readonly published: ReadonlyMap<number, { readonly host: string; readonly port: number }>;
  readonly volumes: readonly string[];
  /** Its own addresses, one in each network. */
  readonly addresses: readonly string[];
}

/** Seconds, as Patroni was told. */
interface Timings {
  readonly ttl: number;
  readonly loopWait: number;
  readonly retryTimeout: number;
  readonly primaryStartTimeout: number;
}

/** A cluster as its written bundle describes it: nothing here knows how bundles are rendered. */
export interface BundleFacts {
  readonly directory: string;
  readonly scope: string;
  readonly members: readonly BundleMember[];
  readonly timings: Timings;
  /** Whether a commit waits for a standby. */
  readonly replication: "synchronous" | "asynchronous";
  /** Patroni's dynamic configuration as it was rendered. */
  readonly dynamicConfig: Readonly<Record<string, unknown>>;
  /** PostgreSQL's settings as they were rendered, by node and name: the node's own, and those from the dynamic configuration. */
  readonly parameters: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Extensions that the bootstrap creates, by database. */
  readonly extensions: ReadonlyMap<string, readonly string[]>;
  /** Shortest and longest write outage that the bundle predicts, in seconds, by kind of fault; only what has a bound. */
  readonly predictions: ReadonlyMap<string, readonly [number, number]>;
  /** The version of Matriarch that wrote it. */
  readonly version: string;
  readonly clientCertificates: boolean;
  /** Sections of pg_service.conf, by name. */
  readonly services: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

interface ComposeService {
  readonly container_name: string;
  readonly labels: { readonly "matriarch.role": NodeRole; readonly "matriarch.datacenter": string };
  readonly ports: readonly string[];
  readonly volumes: readonly { readonly type: string; readonly source: string }[];
  readonly networks: Readonly<Record<string, { readonly ipv4_address: string }>>;
}

/** What of Patroni's dynamic configuration the verifier has to know. */
interface Dynamic {
  readonly ttl: number;
  readonly loop_wait: number;
  readonly retry_timeout: number;
  readonly primary_start_timeout: number;
  readonly synchronous_mode?: boolean | string;
  readonly postgresql: { readonly parameters: Readonly<Record<string, string | number | boolean>> };
}

interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
}

function publishedOf(ports: readonly string[]): BundleMember["published"] {
  return new Map(
    ports.map((entry) => {
      const [host = "", hostPort, port] = entry.split(":");
      return [Number(port), { host, port: Number(hostPort) }] as const;
    }),
  );
}

function membersOf(compose: Compose): BundleMember[] {
  return Object.entries(compose.services).map(([name, service]) => ({
    name,
    role: service.labels["matriarch.role"],
    datacenter: service.labels["matriarch.datacenter"],
    container: service.container_name,
    published: publishedOf(service.ports),
    volumes: service.volumes.filter(({ type }) => type === "volume").map(({ source }) => `${compose.name}_${source}`),
    addresses: Object.values(service.networks).map(({ ipv4_address }) => ipv4_address),
  }));
}

/** Sections of an INI file in libpq's own grammar: `key=value`, nothing is quoted. */
function serviceSections(text: string): Map<string, Record<string, string>> {
  const sections = new Map<string, Record<string, string>>();
  let current: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    if (name !== undefined) sections.set(name, (current = {}));
    else if (line.includes("=")) current[line.slice(0, line.indexOf("="))] = line.slice(line.indexOf("=") + 1);
  }
  return sections;
}

type ReadFile = (file: string) => Promise<string>;

/** What Patroni writes into a node's postgresql.conf: what all nodes share, then the node's own. */
async function parametersOf(read: ReadFile, node: string, dynamic: Dynamic): Promise<ReadonlyMap<string, string>> {
  const own = parse(await read(`${node}/patroni.yml`)) as Pick<Dynamic, "postgresql">;
  const all = { ...dynamic.postgresql.parameters, ...own.postgresql.parameters };
  return new Map(Object.entries(all).map(([name, value]) => [name, String(value)]));
}

function extensionsIn(sql: string): Map<string, string[]> {
  const databases = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of sql.split("\n")) {
    const database = /^\\connect "(.+)"$/.exec(line)?.[1];
    const extension = /^CREATE EXTENSION IF NOT EXISTS "(.+?)"/.exec(line)?.[1];
    if (database !== undefined) databases.set(database, (current = databases.get(database) ?? []));
    if (extension !== undefined) current.push(extension);
  }
  return databases;
}

interface Promises {
  readonly outages: readonly {
    readonly fault: string;
    readonly outcome: { readonly kind: string; readonly low?: number; readonly high?: number };
  }[];
}

function predictionsIn(text: string): Map<string, readonly [number, number]> {
  const { outages } = JSON.parse(text) as Promises;
  return new Map(
    outages.flatMap(({ fault, outcome: { kind, low = 0, high = 0 } }): [string, readonly [number, number]][] =>
      kind === "interval" || kind === "none" ? [[fault, [low, high]]] : [],
    ),
  );
}

/** Reads what the verifier has to know from a written bundle. */
export async function readBundleFacts(directory: string): Promise<BundleFacts> {
  const read: ReadFile = (file) => readFile(path.join(directory, "rendered/current", file), "utf8");
  const compose = parse(await read("compose.yaml")) as Compose;
  const members = membersOf(compose);
  const nodes = members.filter(({ role }) => role === "postgresql");
  const [node] = nodes;
  if (!node) throw new Error(`${directory} has no PostgreSQL node`);
  const dynamic = parse(await read(`${node.name}/dynamic.yml`)) as Dynamic;
  const manifest = JSON.parse(await read("manifest.json")) as { matriarch: string };
  const services = serviceSections(await read("pg_service.conf"));
  return {
    directory,
    scope: compose.name,
    members,
    timings: {
      ttl: dynamic.ttl,
      loopWait: dynamic.loop_wait,
      retryTimeout: dynamic.retry_timeout,
      primaryStartTimeout: dynamic.primary_start_timeout,
    },
    replication: ["on", "quorum", true].includes(dynamic.synchronous_mode ?? false) ? "synchronous" : "asynchronous",
    dynamicConfig: { ...dynamic },
    parameters: new Map(await Promise.all(nodes.map(async ({ name }) => [name, await parametersOf(read, name, dynamic)] as const))),
    extensions: extensionsIn(await read(`${node.name}/bootstrap.sql`)),
    predictions: predictionsIn(await read("promises.json")),
    version: manifest.matriarch,
    clientCertificates: [...services.values()].some((settings) => "sslcert" in settings),
    services,
  };
}
