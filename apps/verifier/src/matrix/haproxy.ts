import { isDeepStrictEqual } from "node:util";
import { type Cluster, memberWith, membersWith } from "../cluster/cluster.ts";
import { serversUp, statisticsOf } from "../cluster/haproxy.ts";
import { membersSeenBy } from "../cluster/patroni.ts";
import { query } from "../cluster/sessions.ts";
import { statistics } from "./access/haproxy.ts";
import type { Component, Probe } from "./probe.ts";

interface Place {
  readonly one: number;
  readonly node: string;
  readonly standby: boolean;
}

/** Services of the bundle that go to HAProxy directly, by where they should lead. */
function directServices({ facts }: Cluster, route: "rw" | "ro"): string[] {
  return [...facts.services.keys()].filter((name) => name.endsWith(`-direct-${route}`));
}

const routes: Probe = {
  id: "haproxy-routes",
  text: "SELECT 1 answers on both ports: on the primary through the read-write one, on a standby through the read-only one.",
  look: async (cluster) => {
    const text = "SELECT 1 AS one, current_setting('matriarch.node') AS node, pg_is_in_recovery() AS standby";
    const services = [...directServices(cluster, "rw"), ...directServices(cluster, "ro")];
    const wrong: string[] = [];
    for (const service of services) {
      const [place] = await query<Place>(cluster.facts, service, text);
      if (place?.one !== 1) wrong.push(`${service} answers nothing`);
      else if (place.standby !== service.endsWith("-ro"))
        wrong.push(`${service} leads to ${place.node}, ${place.standby ? "a standby" : "the primary"}`);
    }
    return { wrong, evidence: { services: services.length } };
  },
};

const view: Probe = {
  id: "haproxy-view",
  text: "What every balancer thinks of each server is what Patroni says of it.",
  look: async (cluster) => {
    const members = await membersSeenBy(cluster, memberWith(cluster.facts, "postgresql"));
    const leaders = members.filter(({ role }) => role === "leader").map(({ name }) => name);
    const streaming = members.filter(({ role, state }) => role !== "leader" && state === "streaming").map(({ name }) => name);
    const expected = { rw: leaders.toSorted(), ro_replicas: streaming.toSorted() };
    const wrong: string[] = [];
    for (const balancer of membersWith(cluster.facts, "haproxy")) {
      const lines = await statisticsOf(cluster, balancer);
      for (const [backend, names] of Object.entries(expected)) {
        const up = serversUp(lines, backend);
        if (!isDeepStrictEqual(up, names))
          wrong.push(`${balancer.name} has up in ${backend}: ${up.join(", ")}; Patroni says ${names.join(", ")}`);
      }
    }
    return { wrong, evidence: { servers: members.length, leaders: leaders.length, streaming: streaming.length } };
  },
};

export const haproxy: Component = {
  id: "haproxy",
  title: "HAProxy: routes, statistics, its view of the servers",
  rows: ["A5", "A18"],
  probes: [routes, statistics, view],
  limit: 60,
};
