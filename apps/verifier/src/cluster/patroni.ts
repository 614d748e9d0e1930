import { PORTS, SECRETS, SERVICE_USERS } from "@matriarch/topology";
import { type BundleMember, nodeCalled } from "./bundle.ts";
import { type Cluster, publishedPort } from "./cluster.ts";
import { environmentValue } from "./environment.ts";
import { askHttps, type HttpsAnswer, type HttpsRequest } from "./https.ts";
import { OPERATOR } from "./identity.ts";
import { processesOf } from "./processes.ts";

/** A member as Patroni's API lists it; `name` is the bundle's. */
export interface PatroniMember {
  readonly name: string;
  /** `leader`, `replica`, `sync_standby`, … */
  readonly role: string;
  /** `running`, `streaming`, `stopped`, … */
  readonly state: string;
  readonly timeline?: number;
  /** Bytes; `unknown` where it cannot be told. */
  readonly lag?: number | string;
  readonly pending_restart?: boolean;
}

/** Asks a node's API, as the operator. */
export function askPatroni(
  { facts }: Cluster,
  node: BundleMember,
  asked: Omit<HttpsRequest, "port" | "identity"> & Partial<Pick<HttpsRequest, "identity">>,
): Promise<HttpsAnswer> {
  return askHttps(facts, { port: publishedPort(node, PORTS.patroni), identity: OPERATOR, ...asked });
}

/** The members as one node sees them. Throws when its API does not answer. */
export async function membersSeenBy(cluster: Cluster, node: BundleMember): Promise<readonly PatroniMember[]> {
  const { status, body } = await askPatroni(cluster, node, { path: "/cluster" });
  if (status !== 200) throw new Error(`/cluster of ${node.name} answers ${status}`);
  const { members } = JSON.parse(body) as { members: readonly PatroniMember[] };
  return members.map((member) => ({ ...member, name: nodeCalled(cluster.facts, member.name) }));
}

/** Asks for a change, as an operator does; gives whatever is answered. */
export async function commandPatroni(
  cluster: Cluster,
  node: BundleMember,
  asked: Pick<HttpsRequest, "method" | "path" | "body" | "timeout">,
): Promise<HttpsAnswer> {
  const password = await environmentValue(cluster.facts, SECRETS.patroniRest.variable);
  return askPatroni(cluster, node, { ...asked, credentials: { user: SERVICE_USERS.patroniRest, password } });
}

/** Changes the dynamic configuration, as an operator does. Throws when it is refused. */
export async function patchConfig(cluster: Cluster, node: BundleMember, change: Readonly<Record<string, unknown>>): Promise<void> {
  const { status, body } = await commandPatroni(cluster, node, { method: "PATCH", path: "/config", body: change });
  if (status !== 200) throw new Error(`PATCH /config of ${node.name} answers ${status}: ${body}`);
}

/** Where Patroni has its configuration on a node: what it was started with. */
async function configurationOf(cluster: Cluster, node: BundleMember): Promise<string> {
  const started = (await processesOf(cluster, node)).map(({ arguments: words }) => / \S*\/patroni (\/\S+)/.exec(words)?.[1]);
  const found = started.find((file) => file !== undefined);
  if (found === undefined) throw new Error(`no Patroni runs on ${node.name}`);
  return found;
}

/** Runs Patroni's own tool on a node, as an operator does. Throws when it fails, which it does not when it is refused. */
export async function runPatronictl(cluster: Cluster, node: BundleMember, words: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await cluster.alter(node, ["patronictl", "-c", await configurationOf(cluster, node), ...words]);
  if (exitCode !== 0) throw new Error(`patronictl ${words.join(" ")} on ${node.name}: ${stdout}${stderr}`);
}
