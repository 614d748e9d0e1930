import { SECRETS } from "@matriarch/topology";
import { type Cluster, membersWith, memberWith } from "../cluster/cluster.ts";
import { environmentValue } from "../cluster/environment.ts";
import { type EtcdClient, withEtcd } from "../cluster/etcd.ts";
import { prefix } from "./access/etcd.ts";
import type { Component, Probe } from "./probe.ts";

const USERS = { root: SECRETS.etcdRoot.variable, patroni: SECRETS.etcdPatroni.variable } as const;
type User = keyof typeof USERS;

interface Status {
  readonly leader?: string;
  readonly header: { readonly member_id: string; readonly cluster_id: string };
  readonly errors?: readonly string[];
}

async function tokenOf(cluster: Cluster, etcd: EtcdClient, user: User): Promise<string> {
  const token = await etcd.logIn(user, await environmentValue(cluster.facts, USERS[user]));
  if (token === null) throw new Error(`${user} cannot log in with the password of the environment file`);
  return token;
}

async function onEach<Value>(cluster: Cluster, ask: (etcd: EtcdClient) => Promise<Value>): Promise<Map<string, Value>> {
  const members = membersWith(cluster.facts, "etcd");
  const answers = members.map(async (member): Promise<[string, Value]> => [member.name, await withEtcd(cluster, member, ask)]);
  return new Map(await Promise.all(answers));
}

function onOne<Value>(cluster: Cluster, ask: (etcd: EtcdClient) => Promise<Value>): Promise<Value> {
  return withEtcd(cluster, memberWith(cluster.facts, "etcd"), ask);
}

const healthy: Probe = {
  id: "etcd-healthy",
  text: "Every member of etcd is healthy over HTTPS, and all of them name the same leader.",
  look: async (cluster) => {
    const health = await onEach(cluster, (etcd) => etcd.health());
    const statuses = await onEach(cluster, async (etcd) => {
      const { body } = await etcd.call("/v3/maintenance/status", {}, await tokenOf(cluster, etcd, "root"));
      return JSON.parse(body) as Status;
    });
    const leaders = new Set([...statuses.values()].map(({ leader }) => leader ?? "none"));
    const ids = [...statuses.values()].map(({ header }) => header.member_id);
    return {
      wrong: [
        ...[...health].flatMap(([name, isHealthy]) => (isHealthy ? [] : [`${name} says that it is not healthy`])),
        ...(leaders.size === 1 && ids.includes([...leaders][0] ?? "") ? [] : [`leaders named: ${[...leaders].join(", ")}`]),
        ...[...statuses].flatMap(([name, { errors = [] }]) => errors.map((error) => `${name}: ${error}`)),
      ],
      evidence: { members: health.size },
    };
  },
};

export const alarms: Probe = {
  id: "etcd-alarms",
  text: "No member of etcd has raised an alarm.",
  look: async (cluster) => {
    const { alarms: raised = [] } = await onOne(cluster, async (etcd) => {
      const token = await tokenOf(cluster, etcd, "root");
      const { body } = await etcd.call("/v3/maintenance/alarm", { action: "GET" }, token);
      return JSON.parse(body) as { alarms?: readonly { readonly memberID: string; readonly alarm: string }[] };
    });
    return {
      wrong: raised.map(({ memberID, alarm }) => `member ${memberID} has raised ${alarm}`),
      evidence: { members: membersWith(cluster.facts, "etcd").length },
    };
  },
};

const logins: Probe = {
  id: "etcd-logins",
  text: "root and patroni log in with their own password on every member, and with no other.",
  look: async (cluster) => {
    const passwords = {
      root: await environmentValue(cluster.facts, USERS.root),
      patroni: await environmentValue(cluster.facts, USERS.patroni),
      nobody: "no-such-password",
    };
    const attempts = (["root", "patroni"] as const).flatMap((user) =>
      (["root", "patroni", "nobody"] as const).map((owner) => ({ user, owner })),
    );
    const answers = await onEach(cluster, async (etcd) => {
      const wrong: string[] = [];
      for (const { user, owner } of attempts) {
        const isIn = (await etcd.logIn(user, passwords[owner])) !== null;
        if (isIn !== (user === owner)) wrong.push(`${user} is ${isIn ? "let in" : "refused"} with the password of ${owner}`);
      }
      return wrong;
    });
    return {
      wrong: [...answers].flatMap(([name, wrong]) => wrong.map((sentence) => `${name}: ${sentence}`)),
      evidence: { members: answers.size, attempts: answers.size * attempts.length },
    };
  },
};

export const etcd: Component = {
  id: "etcd",
  title: "etcd: quorum, users, prefix",
  rows: ["A3", "A18"],
  probes: [healthy, alarms, logins, prefix],
  limit: 60,
};
