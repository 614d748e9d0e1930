import { PORTS, SECRETS, SERVICE_USERS } from "@matriarch/topology";
import { type BundleMember, nodeCalled } from "./bundle.ts";
import { type Healer, publishedPort } from "./cluster.ts";
import { environmentValue } from "./environment.ts";
import type { Harms } from "./harms.ts";
import type { HttpsAnswer, HttpsRequest } from "./https.ts";
import { OPERATOR } from "./identity.ts";
import type { CommandResult, Looks } from "./looks.ts";
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
  cluster: Looks,
  node: BundleMember,
  asked: Omit<HttpsRequest, "port" | "identity"> & Partial<Pick<HttpsRequest, "identity">>,
): Promise<HttpsAnswer> {
  return cluster.https({ port: publishedPort(node, PORTS.patroni), identity: OPERATOR, ...asked });
}

/** The members as one node sees them. Throws when its API does not answer. */
export async function membersSeenBy(cluster: Looks, node: BundleMember): Promise<readonly PatroniMember[]> {
  const { status, body } = await askPatroni(cluster, node, { path: "/cluster" });
  if (status !== 200) throw new Error(`/cluster of ${node.name} answers ${status}`);
  const { members } = JSON.parse(body) as { members: readonly PatroniMember[] };
  return members.map((member) => ({ ...member, name: nodeCalled(cluster.facts, member.name) }));
}

type Command = Pick<HttpsRequest, "method" | "path" | "body" | "timeout">;

async function asOperator(cluster: Looks, node: BundleMember, asked: Command): Promise<HttpsAnswer> {
  const password = await environmentValue(cluster.facts, SECRETS.patroniRest.variable);
  return askPatroni(cluster, node, { ...asked, credentials: { user: SERVICE_USERS.patroniRest, password } });
}

/** Asks for a change, as an operator does; gives whatever is answered. */
export function commandPatroni(cluster: Looks & Harms, node: BundleMember, asked: Command): Promise<HttpsAnswer> {
  return cluster.change(() => asOperator(cluster, node, asked));
}

async function patch(cluster: Looks, node: BundleMember, body: Readonly<Record<string, unknown>>): Promise<void> {
  const { status, body: text } = await asOperator(cluster, node, { method: "PATCH", path: "/config", body });
  if (status !== 200) throw new Error(`PATCH /config of ${node.name} answers ${status}: ${text}`);
}

/** Changes the dynamic configuration, as an operator does. Throws when it is refused. */
export function patchConfig(cluster: Looks & Harms, node: BundleMember, change: Readonly<Record<string, unknown>>): Promise<void> {
  return cluster.change(() => patch(cluster, node, change));
}

/** Takes a change of the dynamic configuration back. Throws when it is refused. */
export function restoreConfig(cluster: Healer, node: BundleMember, settings: Readonly<Record<string, unknown>>): Promise<void> {
  return patch(cluster, node, settings);
}

/** Where Patroni has its configuration on a node: what it was started with. */
async function configurationOf(cluster: Looks, node: BundleMember): Promise<string> {
  const started = (await processesOf(cluster, node)).map(({ arguments: words }) => / \S*\/patroni (\/\S+)/.exec(words)?.[1]);
  const found = started.find((file) => file !== undefined);
  if (found === undefined) throw new Error(`no Patroni runs on ${node.name}`);
  return found;
}

async function patronictl(
  run: (node: BundleMember, command: readonly string[]) => Promise<CommandResult>,
  cluster: Looks,
  node: BundleMember,
  words: readonly string[],
): Promise<void> {
  const { exitCode, stdout, stderr } = await run(node, ["patronictl", "-c", await configurationOf(cluster, node), ...words]);
  if (exitCode !== 0) throw new Error(`patronictl ${words.join(" ")} on ${node.name}: ${stdout}${stderr}`);
}

/** Runs Patroni's own tool on a node, as an operator does. Throws when it fails, which it does not when it is refused. */
export function runPatronictl(cluster: Looks & Harms, node: BundleMember, words: readonly string[]): Promise<void> {
  return patronictl(cluster.alter, cluster, node, words);
}

/** Has a node that is of no use as it is copied anew from the primary, as an operator does. Throws when that cannot be begun. */
export function copyAnew(cluster: Healer, primary: BundleMember, node: BundleMember): Promise<void> {
  return patronictl(cluster.repair, cluster, primary, ["reinit", cluster.facts.scope, node.instance, "--force"]);
}
