import { isDeepStrictEqual } from "node:util";
import { DCS_NAMESPACE, SECRETS } from "@matriarch/topology";
import { nodeCalled } from "../cluster/bundle.ts";
import { type Cluster, memberWith, membersWith } from "../cluster/cluster.ts";
import { environmentValue } from "../cluster/environment.ts";
import { keyOf, withEtcd } from "../cluster/etcd.ts";
import { dynamicConfigOf } from "../cluster/facts-in-force.ts";
import { primariesOf } from "../cluster/nodes.ts";
import { askPatroni, membersSeenBy, patchConfig, restoreConfig } from "../cluster/patroni.ts";
import { until } from "../cluster/until.ts";
import type { Component, Probe } from "./probe.ts";

function nodesOf({ facts }: Cluster) {
  return membersWith(facts, "postgresql");
}

/** Who holds the lease, as etcd has it. */
async function leaderInEtcd(cluster: Cluster): Promise<string> {
  return withEtcd(cluster, memberWith(cluster.facts, "etcd"), async (etcd) => {
    const token = await etcd.logIn("patroni", await environmentValue(cluster.facts, SECRETS.etcdPatroni.variable));
    const { body } = await etcd.call("/v3/kv/range", { key: keyOf(`${DCS_NAMESPACE}${cluster.facts.scope}/leader`) }, token ?? undefined);
    const { kvs = [] } = JSON.parse(body) as { kvs?: readonly { readonly value: string }[] };
    return kvs[0] === undefined ? "nobody" : nodeCalled(cluster.facts, Buffer.from(kvs[0].value, "base64").toString());
  });
}

const api: Probe = {
  id: "patroni-api",
  text: "Every node's API answers over TLS whoever presents the operator's certificate, and obeys nobody without the password.",
  look: async (cluster) => {
    const wrong: string[] = [];
    for (const node of nodesOf(cluster)) {
      const { status } = await askPatroni(cluster, node, { path: "/patroni" });
      if (status !== 200) wrong.push(`/patroni of ${node.name} answers ${status}`);
      const change = await askPatroni(cluster, node, { method: "POST", path: "/reload", body: {} });
      if (change.status !== 401) wrong.push(`POST /reload of ${node.name} without a password answers ${change.status}, not 401`);
    }
    return { wrong, evidence: { nodes: nodesOf(cluster).length } };
  },
};

const oneLeader: Probe = {
  id: "patroni-one-leader",
  text: "There is exactly one leader, and etcd, every node's API and PostgreSQL itself name the same.",
  look: async (cluster) => {
    const nodes = nodesOf(cluster);
    const seen = await Promise.all(
      nodes.map(async (node) => {
        const members = await membersSeenBy(cluster, node);
        return { by: `the API of ${node.name}`, leaders: members.filter(({ role }) => role === "leader").map(({ name }) => name) };
      }),
    );
    const named = [
      ...seen,
      { by: "etcd", leaders: [await leaderInEtcd(cluster)] },
      { by: "pg_is_in_recovery", leaders: (await primariesOf(cluster)).map(({ name }) => name) },
    ];
    const all = new Set(named.flatMap(({ leaders }) => leaders));
    const told = named.map(({ by, leaders }) => `${by} names ${leaders.join(" and ") || "nobody"}`);
    const isOne = all.size === 1 && named.every(({ leaders }) => leaders.length === 1);
    return { wrong: isOne ? [] : [told.join("; ")], evidence: { witnesses: named.length, leaders: all.size } };
  },
};

const configuration: Probe = {
  id: "patroni-configuration",
  text: "The dynamic configuration in force is the rendered one, setting by setting.",
  look: async (cluster) => {
    const inForce = await dynamicConfigOf(cluster);
    const rendered = cluster.facts.dynamicConfig;
    const keys = [...new Set([...Object.keys(inForce), ...Object.keys(rendered)])].toSorted();
    const wrong = keys
      .filter((key) => !isDeepStrictEqual(inForce[key], rendered[key]))
      .map((key) => `${key} is ${JSON.stringify(inForce[key])} in force and ${JSON.stringify(rendered[key])} in the bundle`);
    return { wrong, evidence: { settings: Object.keys(rendered).length } };
  },
};

const noticed: Probe = {
  id: "patroni-change-noticed",
  text: "A change that somebody makes to the live configuration is noticed, and gone once it is taken back.",
  look: async (cluster) => {
    const node = memberWith(cluster.facts, "postgresql");
    const { loopWait } = cluster.facts.timings;
    const differs = async () => (await configuration.look(cluster, { seed: 0, rate: 0, threads: 0, duration: 0 })).wrong;
    try {
      await patchConfig(cluster, node, { loop_wait: loopWait + 1 });
      const wrong = await until(async () => ((await differs()).length > 0 ? differs() : null), {
        within: 10,
        what: "the change is noticed",
        ended: cluster.ended,
      });
      return {
        wrong: wrong.length === 1 && wrong[0]?.startsWith("loop_wait ") ? [] : [`instead of loop_wait alone: ${wrong.join("; ")}`],
        evidence: { "changes noticed": wrong.length },
      };
    } finally {
      await restoreConfig(cluster, node, { loop_wait: loopWait });
    }
  },
};

const noPendingRestart: Probe = {
  id: "patroni-no-pending-restart",
  text: "No node waits for a restart to take a setting over.",
  look: async (cluster) => {
    const members = await membersSeenBy(cluster, memberWith(cluster.facts, "postgresql"));
    return {
      wrong: members.filter(({ pending_restart: isPending }) => isPending).map(({ name }) => `${name} has a pending restart`),
      evidence: { members: members.length },
    };
  },
};

export const patroni: Component = {
  id: "patroni",
  title: "Patroni: API, one leader, configuration in force",
  rows: ["A4", "A18"],
  probes: [api, oneLeader, configuration, noticed, noPendingRestart],
  limit: 90,
};
