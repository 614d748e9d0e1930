import type { NodeRole } from "@matriarch/topology";
import { criticalAtAnyTime } from "../cluster/critical-lines.ts";
import { processesOf } from "../cluster/processes.ts";
import { unprivileged } from "./access/containers.ts";
import { together } from "./access/door.ts";
import type { Component, Probe } from "./probe.ts";

/** How each daemon shows in the list of processes. */
const DAEMONS: Record<NodeRole, RegExp> = {
  etcd: /^etcd /,
  postgresql: /\/postgres /,
  haproxy: /^haproxy /,
  pgbouncer: /^pgbouncer /,
};

const processes: Probe = {
  id: "containers-processes",
  text: "Every member runs its daemon as that daemon's own user, and nothing in it runs as anybody else or could become more.",
  look: async (cluster) => {
    const { members } = cluster.facts;
    const wrong: string[] = [];
    for (const member of members) {
      const all = await processesOf(cluster, member);
      if (!all.some((process) => DAEMONS[member.role].test(process.arguments))) wrong.push(`${member.name} does not run its daemon`);
    }
    const sightings = await Promise.all(members.map((member) => unprivileged(cluster, member)));
    return together([{ wrong, evidence: { members: members.length } }, ...sightings]);
  },
};

const states: Probe = {
  id: "containers-states",
  text: "Every member runs, is healthy and has never restarted by itself; nothing else runs under the cluster's name.",
  look: async (cluster) => {
    const { members } = cluster.facts;
    const names = members.map(({ name }) => name);
    const wrong = (await cluster.present()).filter((name) => !names.includes(name)).map((name) => `${name} is no member of the bundle`);
    for (const member of members) {
      const { running, healthy, restarts } = await cluster.state(member);
      if (!running || !healthy) wrong.push(`${member.name} is ${running ? "unhealthy" : "stopped"}`);
      if (restarts > 0) wrong.push(`${member.name} has restarted ${restarts} times by itself`);
    }
    return { wrong, evidence: { members: members.length } };
  },
};

const logs: Probe = {
  id: "containers-logs",
  text: "No member has logged what means a broken program, broken data or a full disk.",
  look: async (cluster) => {
    const wrong: string[] = [];
    let lines = 0;
    for (const member of cluster.facts.members) {
      const text = await cluster.logs(member);
      lines += text.split("\n").length;
      wrong.push(...criticalAtAnyTime(text).map((line) => `${member.name}: ${line}`));
    }
    return { wrong, evidence: { lines } };
  },
};

export const containers: Component = {
  id: "containers",
  title: "Members: processes, users, states, logs",
  rows: ["A1", "A18"],
  probes: [processes, states, logs],
  limit: 90,
};
