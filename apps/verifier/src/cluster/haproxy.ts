import { PORTS, SECRETS } from "@matriarch/topology";
import { type BundleMember, nodeCalled } from "./bundle.ts";
import { publishedPort } from "./cluster.ts";
import { environmentValue, readEnvironment } from "./environment.ts";
import { askHttps, type HttpsAnswer, type HttpsRequest } from "./https.ts";
import type { Looks } from "./looks.ts";

/** A line of HAProxy's statistics. */
export interface Statistic {
  readonly backend: string;
  /** Name of the server; `FRONTEND` and `BACKEND` are sums. */
  readonly server: string;
  /** `UP`, `DOWN`, `UP 1/2`, `no check`, … */
  readonly status: string;
}

/** Asks the statistics port; without credentials unless they are given. */
export function askStatistics(
  { facts }: Looks,
  balancer: BundleMember,
  path: string,
  credentials?: HttpsRequest["credentials"],
): Promise<HttpsAnswer> {
  return askHttps(facts, { port: publishedPort(balancer, PORTS.stats), path, identity: null, ...(credentials && { credentials }) });
}

/** The statistics' own user. */
export async function statisticsUser({ facts }: Looks): Promise<NonNullable<HttpsRequest["credentials"]>> {
  const user = (await readEnvironment(facts)).get("ADMIN_HAPROXY_USER") ?? "ha_admin";
  return { user, password: await environmentValue(facts, SECRETS.balancerAdmin.variable) };
}

/** What a balancer thinks of every server. Throws when it does not answer. */
export async function statisticsOf(cluster: Looks, balancer: BundleMember): Promise<readonly Statistic[]> {
  const { status, body } = await askStatistics(cluster, balancer, "/;csv", await statisticsUser(cluster));
  if (status !== 200) throw new Error(`the statistics of ${balancer.name} answer ${status}`);
  const [head = "", ...lines] = body.split("\n").filter((line) => line !== "");
  const column = head.replace(/^# /, "").split(",").indexOf("status");
  return lines.map((line) => {
    const cells = line.split(",");
    return { backend: cells[0] ?? "", server: nodeCalled(cluster.facts, cells[1] ?? ""), status: cells[column] ?? "" };
  });
}

/** Names of the servers of a backend that take sessions, sorted. */
export function serversUp(statistics: readonly Statistic[], backend: string): string[] {
  return statistics
    .filter((line) => line.backend === backend && line.server !== "BACKEND" && line.status.startsWith("UP"))
    .map(({ server }) => server)
    .toSorted();
}
