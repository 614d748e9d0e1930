import { readFile } from "node:fs/promises";
import path from "node:path";
import type { NodeRole } from "@matriarch/topology";
import { parse } from "yaml";

export interface BundleMember {
  readonly name: string;
  /** What Patroni or etcd calls it: it is the node's name, also where a node runs several daemons. */
  readonly instance: string;
  readonly role: NodeRole;
  readonly datacenter: string;
  readonly container: string;
  /** Published ports: container port → host address and port. */
  readonly published: ReadonlyMap<number, { readonly host: string; readonly port: number }>;
  readonly volumes: readonly string[];
  /** Its own addresses, by network. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** Seconds, where the name says nothing else. */
interface Timings {
  readonly ttl: number;
  readonly loopWait: number;
  readonly retryTimeout: number;
  readonly primaryStartTimeout: number;
  /** The balancer's checks, and how many of them have to fail. */
  readonly checkIntervalMs: number;
  readonly checkFastIntervalMs: number;
  readonly checkFall: number;
}

/** What the bundle promises. What its daemons were told is another matter: a probe compares the two. */
interface Promises {
  readonly replication: {
    readonly mode: "synchronous" | "quorum" | "asynchronous";
    readonly synchronousStandbys: number;
    /** Whether commits wait for ever when nobody is left to wait for. */
    readonly strict: boolean;
    /** `null`: no lag keeps a standby from being promoted. */
    readonly maxLagOnFailoverKib: number | null;
    /** Names of nodes. */
    readonly neverPromoted: readonly string[];
    readonly neverSynchronous: readonly string[];
  };
  readonly withoutEtcd: "read-only" | "failsafe";
  readonly reads: { readonly maxLagKib: number; readonly primaryAsFallback: boolean };
  readonly pools: { readonly mode: "session" | "transaction" | "statement"; readonly maxClients: number };
  readonly clientCertificates: boolean;
  readonly timing: Timings;
}

/** A cluster as its written bundle describes it: nothing here knows how bundles are rendered. */
export interface BundleFacts {
  readonly directory: string;
  readonly scope: string;
  readonly members: readonly BundleMember[];
  readonly promises: Promises;
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
  readonly labels: { readonly "matriarch.role": NodeRole; readonly "matriarch.datacenter": string; readonly "matriarch.instance": string };
  readonly ports: readonly string[];
  readonly volumes: readonly { readonly type: string; readonly source: string }[];
  readonly networks: Readonly<Record<string, { readonly ipv4_address: string }>>;
}

/** What of Patroni's dynamic configuration the verifier has to know. */
interface Dynamic {
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
    instance: service.labels["matriarch.instance"],
    role: service.labels["matriarch.role"],
    datacenter: service.labels["matriarch.datacenter"],
    container: service.container_name,
    published: publishedOf(service.ports),
    volumes: service.volumes.filter(({ type }) => type === "volume").map(({ source }) => `${compose.name}_${source}`),
    addresses: new Map(Object.entries(service.networks).map(([network, { ipv4_address }]) => [network, ipv4_address])),
  }));
}

/** The member that Patroni calls so; the name itself where there is none. */
export function nodeCalled({ members }: Pick<BundleFacts, "members">, instance: string): string {
  return members.find((member) => member.role === "postgresql" && member.instance === instance)?.name ?? instance;
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

interface PromisesFile {
  readonly promises: Promises;
  readonly outages: readonly {
    readonly fault: string;
    readonly outcome: { readonly kind: string; readonly low?: number; readonly high?: number };
  }[];
}

function predictionsIn({ outages }: PromisesFile): Map<string, readonly [number, number]> {
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
  const promised = JSON.parse(await read("promises.json")) as PromisesFile;
  const { promises } = promised;
  return {
    directory,
    scope: compose.name,
    members,
    promises,
    timings: promises.timing,
    replication: promises.replication.mode === "asynchronous" ? "asynchronous" : "synchronous",
    dynamicConfig: { ...dynamic },
    parameters: new Map(await Promise.all(nodes.map(async ({ name }) => [name, await parametersOf(read, name, dynamic)] as const))),
    extensions: extensionsIn(await read(`${node.name}/bootstrap.sql`)),
    predictions: predictionsIn(promised),
    version: manifest.matriarch,
    clientCertificates: promises.clientCertificates,
    services,
  };
}
