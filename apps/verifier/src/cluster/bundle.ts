import type { NodeRole } from "@matriarch/topology";
import {
  BUNDLE_FILES,
  bundleReader,
  type BundleReader,
  type Compose,
  type Dynamic,
  type Promises,
  type PromisesFile,
} from "./bundle-files.ts";

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

/** A cluster as its written bundle describes it: nothing here knows how bundles are rendered. */
export interface BundleFacts {
  readonly directory: string;
  readonly scope: string;
  readonly members: readonly BundleMember[];
  readonly promises: Promises;
  readonly timings: Promises["timing"];
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

/** What Patroni writes into a node's postgresql.conf: what all nodes share, then the node's own. */
async function parametersOf({ data }: BundleReader, node: string, dynamic: Dynamic): Promise<ReadonlyMap<string, string>> {
  const own = await data(`${node}/patroni.yml`, BUNDLE_FILES.node);
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

function predictionsIn({ outages }: PromisesFile): Map<string, readonly [number, number]> {
  return new Map(
    outages.flatMap(({ fault, outcome: { kind, low, high } }): [string, readonly [number, number]][] =>
      kind === "interval" || kind === "none" ? [[fault, [low, high]]] : [],
    ),
  );
}

/** Reads what the verifier has to know from a written bundle. Throws where a file is not as this version writes it. */
export async function readBundleFacts(directory: string): Promise<BundleFacts> {
  const reader = bundleReader(directory);
  const { text, data } = reader;
  const compose = await data("compose.yaml", BUNDLE_FILES.compose);
  const members = membersOf(compose);
  const nodes = members.filter(({ role }) => role === "postgresql");
  const [node] = nodes;
  if (!node) throw new Error(`${directory} has no PostgreSQL node`);
  const dynamic = await data(`${node.name}/dynamic.yml`, BUNDLE_FILES.dynamic);
  const manifest = await data("manifest.json", BUNDLE_FILES.manifest);
  const services = serviceSections(await text("pg_service.conf"));
  const promised = await data("promises.json", BUNDLE_FILES.promises);
  const { promises } = promised;
  return {
    directory,
    scope: compose.name,
    members,
    promises,
    timings: promises.timing,
    replication: promises.replication.mode === "asynchronous" ? "asynchronous" : "synchronous",
    dynamicConfig: { ...dynamic },
    parameters: new Map(await Promise.all(nodes.map(async ({ name }) => [name, await parametersOf(reader, name, dynamic)] as const))),
    extensions: extensionsIn(await text(`${node.name}/bootstrap.sql`)),
    predictions: predictionsIn(promised),
    version: manifest.matriarch,
    clientCertificates: promises.clientCertificates,
    services,
  };
}
