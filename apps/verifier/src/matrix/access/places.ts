import { AUTHORITIES, CERTIFICATES, PORTS } from "@matriarch/topology";
import type { BundleMember } from "../../cluster/bundle.ts";
import { type Cluster, membersWith, publishedPort } from "../../cluster/cluster.ts";
import { statisticsUser } from "../../cluster/haproxy.ts";
import { askHttps, askInPlainText, type HttpsRequest } from "../../cluster/https.ts";
import { type Identity, machineIdentity, OPERATOR, OPERATOR_AT_ETCD } from "../../cluster/identity.ts";
import { withRelay } from "../../cluster/relay.ts";
import { failureCode, query, type SessionOptions } from "../../cluster/sessions.ts";
import type { Answer } from "./door.ts";

/** Who stands behind a port, and decides. */
export type Keeper = "postgresql" | "pgbouncer" | "patroni" | "etcd" | "etcdPeer" | "statistics";

/** What of a knock may be other than it should be. */
export type Knock = Pick<SessionOptions, "identity" | "encrypted" | "newestTls" | "serverName" | "authority">;

/** A port at which somebody can knock. */
export interface Place {
  readonly where: string;
  readonly keeper: Keeper;
  /** Knocks as it is right, but for what is given. */
  readonly knock: (knock: Knock) => Promise<Answer>;
}

/** PgBouncer has this one code for whatever it refuses before a session exists; PostgreSQL has one for each reason. */
export const REFUSED_BY_POOLER = "08P01";
/** No line of pg_hba lets it in. */
export const REFUSED_BY_HBA = "28000";

/** Services of the bundle that go past the pooler. */
export function directServices({ facts }: Cluster): string[] {
  return [...facts.services.keys()].filter((name) => name.includes("-direct-"));
}

/** Services of the bundle that go through the pooler. */
export function pooledServices({ facts }: Cluster): string[] {
  return [...facts.services.keys()].filter((name) => !name.includes("-direct-"));
}

/** The status of an answer, or what there was in its place; `null` when the request was granted. */
async function answerOf(asked: Promise<number>): Promise<Answer> {
  const failure = await failureCode(asked);
  if (failure !== null) return failure;
  const status = await asked;
  return status < 300 ? null : String(status);
}

/** How a request over HTTPS ends. */
export function statusOf({ facts }: Cluster, asked: HttpsRequest): Promise<Answer> {
  return answerOf(askHttps(facts, asked).then(({ status }) => status));
}

function plainStatusOf(port: number): Promise<Answer> {
  return answerOf(askInPlainText(port));
}

/** Milliseconds: a machine that is busy elsewhere is slow, and refuses all the same. */
const PATIENCE = 15_000;

/** Logs in to a service; `null` when there was a session that answered. */
export function logIn({ facts }: Cluster, service: string, options: SessionOptions = {}): Promise<Answer> {
  return failureCode(query(facts, service, "SELECT 1", [], { connectTimeout: PATIENCE, ...options }));
}

/** The first service of each port: what a port thinks of TLS does not depend on the database. */
function oneOfEachPort({ facts }: Cluster, services: readonly string[]): string[] {
  const byPort = new Map(services.toReversed().map((service) => [facts.services.get(service)?.["port"], service]));
  return [...byPort.values()];
}

function sessionPlaces(cluster: Cluster): Place[] {
  const at = (service: string, keeper: Keeper): Place => ({ where: service, keeper, knock: (knock) => logIn(cluster, service, knock) });
  return [
    ...oneOfEachPort(cluster, directServices(cluster)).map((service) => at(service, "postgresql")),
    ...oneOfEachPort(cluster, pooledServices(cluster)).map((service) => at(service, "pgbouncer")),
  ];
}

/** The ports at which PostgreSQL itself is published, past the balancer. */
export function operatorPorts(cluster: Cluster): { readonly node: BundleMember; readonly port: number }[] {
  return membersWith(cluster.facts, "postgresql")
    .filter(({ published }) => published.has(PORTS.postgresql))
    .map((node) => ({ node, port: publishedPort(node, PORTS.postgresql) }));
}

function nodePlaces(cluster: Cluster): Place[] {
  const [service = ""] = directServices(cluster);
  return operatorPorts(cluster).map(({ node, port }) => ({
    where: `the operator's port of ${node.name}`,
    keeper: "postgresql",
    knock: (knock) => logIn(cluster, service, { ...knock, port }),
  }));
}

interface Api {
  readonly where: string;
  readonly keeper: Keeper;
  readonly member: BundleMember;
  readonly port: number;
  readonly path: string;
  readonly identity: Identity | null;
  readonly authority: string;
  /** The name on the server's certificate, where it is not `localhost`. */
  readonly serverName?: string;
  readonly credentials?: NonNullable<HttpsRequest["credentials"]>;
}

/** Works with the port of this machine that leads to a member's port: the published one, or one of its own. */
async function withPort<Value>(
  cluster: Cluster,
  member: BundleMember,
  port: number,
  work: (port: number) => Promise<Value>,
): Promise<Value> {
  const published = member.published.get(port);
  // By the member's own name: some daemons listen on no loopback.
  return published ? work(published.port) : withRelay(cluster, { from: member, host: member.name, port }, work);
}

/** A port that speaks HTTP, published or not. */
function apiPlace(cluster: Cluster, { where, keeper, member, port, path, ...usual }: Api): Place {
  const ask = (at: number, { encrypted, identity = usual.identity, ...knock }: Knock) =>
    encrypted === false ? plainStatusOf(at) : statusOf(cluster, { port: at, path, ...usual, ...knock, identity });
  return { where, keeper, knock: (knock) => withPort(cluster, member, port, (at) => ask(at, knock)) };
}

function authority(name: keyof typeof AUTHORITIES): string {
  return `pki/ca/${AUTHORITIES[name]}.crt`;
}

async function apiPlaces(cluster: Cluster): Promise<Place[]> {
  const { facts } = cluster;
  const credentials = await statisticsUser(cluster);
  const nodes = membersWith(facts, "postgresql").map((member): Api => {
    const common = { keeper: "patroni", path: "/health", identity: OPERATOR, authority: authority("cluster") } as const;
    return { ...common, where: `Patroni's API on ${member.name}`, member, port: PORTS.patroni };
  });
  const etcd = membersWith(facts, "etcd").flatMap((member): Api[] => [
    {
      where: `etcd's client port on ${member.name}`,
      keeper: "etcd",
      member,
      port: PORTS.etcd,
      path: "/health",
      identity: OPERATOR_AT_ETCD,
      authority: authority("etcd"),
    },
    {
      where: `etcd's peer port on ${member.name}`,
      keeper: "etcdPeer",
      member,
      port: PORTS.etcdPeer,
      path: "/version",
      identity: machineIdentity(member, CERTIFICATES.etcd.peer),
      authority: authority("etcdPeer"),
      serverName: member.name,
    },
  ]);
  const balancers = membersWith(facts, "haproxy").map((member): Api => {
    const common = { keeper: "statistics", path: "/", identity: null, credentials, authority: authority("cluster") } as const;
    return { ...common, where: `the statistics of ${member.name}`, member, port: PORTS.stats };
  });
  return [...nodes, ...etcd, ...balancers].map((api) => apiPlace(cluster, api));
}

/** Every port of the cluster that speaks TLS. */
export async function placesOf(cluster: Cluster): Promise<Place[]> {
  return [...sessionPlaces(cluster), ...nodePlaces(cluster), ...(await apiPlaces(cluster))];
}
