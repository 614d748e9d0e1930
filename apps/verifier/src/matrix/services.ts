import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "pg";
import { memberWith } from "../cluster/cluster.ts";
import { askConsole } from "../cluster/pgbouncer.ts";
import { serviceFor } from "../cluster/services.ts";
import { isReached, outerAddresses } from "../cluster/reach.ts";
import { failureCode, openSession, query } from "../cluster/sessions.ts";
import type { Component, Probe } from "./probe.ts";

const answer: Probe = {
  id: "services-answer",
  text: "Every service of the bundle lets its own role in, over TLS that proves the name that was dialled.",
  look: async (cluster) => {
    const { facts } = cluster;
    const asked = [...facts.services.keys()].map(async (service) => ({
      service,
      code: await failureCode(query(facts, service, "SELECT 1")),
    }));
    const found = await Promise.all(asked);
    const wrong = found.filter(({ code }) => code !== null).map(({ service, code }) => `${service} refuses its own role: ${code}`);
    return { wrong, evidence: { services: found.length } };
  },
};

const loopback: Probe = {
  id: "services-loopback",
  text: "What is published for the operator answers on this machine's loopback, and on no other address of it.",
  look: async ({ facts }) => {
    const inner = facts.members.filter(({ role }) => ["postgresql", "etcd"].includes(role));
    const ports = inner.flatMap(({ name, published }) => [...published].map(([port, { port: hostPort }]) => ({ name, port, hostPort })));
    const addresses = outerAddresses();
    const asked = ports.map(async ({ name, port, hostPort }) => {
      const reached = await Promise.all(addresses.map(async (address) => ((await isReached(address, hostPort)) ? [address] : [])));
      const isThere = await isReached("127.0.0.1", hostPort);
      return [
        ...reached.flat().map((address) => `port ${port} of ${name} answers at ${address}:${hostPort}`),
        ...(isThere ? [] : [`port ${port} of ${name} does not answer on the loopback`]),
      ];
    });
    return { wrong: (await Promise.all(asked)).flat(), evidence: { ports: ports.length, addresses: addresses.length } };
  },
};

/** Milliseconds. */
const PATIENCE = 5000;

async function answersInTime(session: Client): Promise<boolean> {
  const asked = session.query("SELECT 1").then(
    () => true,
    () => false,
  );
  return Promise.race([asked, delay(PATIENCE, false)]);
}

const turns: Probe = {
  id: "services-take-turns",
  text: "Clients of one pool that are more than its servers take turns: none waits until another one leaves.",
  look: async (cluster) => {
    const { facts } = cluster;
    const service = serviceFor(facts, { through: "pooler", access: "rw" });
    const alias = facts.services.get(service)?.["dbname"];
    const databases = await askConsole(cluster, memberWith(facts, "pgbouncer"), "SHOW DATABASES");
    const servers = Number(databases.find((row) => row["name"] === alias)?.["pool_size"] ?? 0);
    const clients = await Promise.all(Array.from({ length: servers + 2 }, () => openSession(facts, service)));
    try {
      const inTime = await Promise.all(clients.map(answersInTime));
      const waiting = inTime.filter((isInTime) => !isInTime).length;
      const wrong =
        waiting === 0
          ? []
          : [`${waiting} of ${clients.length} clients wait ${PATIENCE / 1000} s for one of ${servers} servers, and nobody uses them`];
      return { wrong, evidence: { clients: clients.length, servers } };
    } finally {
      // Not awaited: who still waits for a server does not say goodbye.
      for (const client of clients) void client.end().catch(() => undefined);
    }
  },
};

export const services: Component = {
  id: "services",
  title: "The services of the bundle: who is let in, and how the pools are shared",
  rows: ["A8", "A10", "A18"],
  probes: [answer, loopback, turns],
  limit: 120,
};
