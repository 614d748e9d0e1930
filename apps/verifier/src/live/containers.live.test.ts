import { describe, expect, test } from "vitest";
import { membersWith } from "../cluster/cluster.ts";
import { localQuery } from "../cluster/nodes.ts";
import { processesOf } from "../cluster/processes.ts";
import { failureCode, query } from "../cluster/sessions.ts";
import { criticalAtAnyTime, criticalAtWork } from "../cluster/critical-lines.ts";
import { liveCluster } from "./live-cluster.ts";
import { settled } from "./settled.ts";
import { throughout } from "../cluster/throughout.ts";
import { until } from "../cluster/until.ts";

const cluster = await liveCluster();
const { facts } = cluster;

const REFERENCE = ["etcd1", "etcd2", "etcd3", "haproxy", "node1", "node2", "node3", "pgbouncer"];
const DAEMONS = { etcd: /^etcd /, postgresql: /\/postgres /, haproxy: /^haproxy /, pgbouncer: /^pgbouncer / };
/** What of each kind may be reached from this machine; etcd only where the topology publishes it. */
const PUBLISHED = { etcd: [], postgresql: [5432, 8008], haproxy: [5000, 5001, 7000], pgbouncer: [6432] };

test("A1, A2: the cluster is these eight containers and no other", async () => {
  expect(await cluster.present()).toEqual(REFERENCE);
  expect(facts.members.map(({ name }) => name).toSorted()).toEqual(REFERENCE);
  const placed = facts.members.map(({ name, datacenter }) => `${name} in ${datacenter}`).toSorted();
  expect(placed.filter((place) => place.endsWith("dc1"))).toEqual(["etcd1 in dc1", "etcd2 in dc1", "node1 in dc1", "node2 in dc1"]);
});

test("A1: no member runs with the same numbers as another kind, so that none reads another's keys", async () => {
  const users = await Promise.all(
    facts.members.map(async (member) => [member.role, (await processesOf(cluster, member))[0]?.users[0]] as const),
  );
  expect(new Set(users.map(([role, user]) => `${role} ${user}`)).size).toBe(new Set(users.map(([role]) => role)).size);
  expect(new Set(users.map(([, user]) => user)).size).toBe(4);
});

describe.each(facts.members)("$name", (member) => {
  test("A1, A18: it runs and is healthy, and its daemon has never failed to stay up", async () => {
    expect(await cluster.state(member)).toEqual({ running: true, healthy: true, restarts: 0 });
    expect((await processesOf(cluster, member)).some((process) => DAEMONS[member.role].test(process.arguments))).toBe(true);
  });

  test("A16: its published ports are those of its kind, on the loopback only", async () => {
    const { published, restartsByItself } = await cluster.confinement(member);
    const expected = [...member.published].map(([port, { host, port: hostPort }]) => `${host}:${hostPort} → ${port}`);
    expect(published).toEqual(expected.toSorted());
    expect([...member.published.keys()].toSorted((a, b) => a - b)).toEqual(PUBLISHED[member.role]);
    expect([...member.published.values()].map(({ host }) => host)).toEqual(PUBLISHED[member.role].map(() => "127.0.0.1"));
    expect(restartsByItself).toBe(true);
  });
});

test("A1: the first process of every member is an init, and reaps what nobody else does", async () => {
  const orphaned = facts.members.map(async (member) => {
    const all = () => processesOf(cluster, member);
    expect((await all()).find(({ id }) => id === 1)?.arguments, member.name).toMatch(/^\/usr\/bin\/tini /);
    await until(async () => (await all()).every(({ state }) => state !== "Z"), { within: 5, what: `${member.name} has no dead process` });
    // An orphan: the shell that started it is gone at once.
    const { stdout } = await cluster.run(member, ["sh", "-c", "sleep 5 >/dev/null 2>&1 & echo $!"]);
    const orphan = async () => (await all()).find(({ id }) => id === Number(stdout));
    expect(await orphan(), member.name).toMatchObject({ parent: 1, arguments: "sleep 5 " });
    await until(async () => (await orphan()) === undefined, { within: 30, what: `${member.name} has reaped its orphan` });
  });
  await Promise.all(orphaned);
});

test("A1: every node guards its data with checksums, and none was ever wrong", async () => {
  for (const node of membersWith(facts, "postgresql")) {
    expect(await localQuery(cluster, node, "SHOW data_checksums")).toEqual(["on"]);
    expect(await localQuery(cluster, node, "SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database")).toEqual(["0"]);
  }
});

test("A18: a cluster in use logs no critical line", async () => {
  await settled(cluster);
  const start = new Date();
  const work = async () => {
    const codes = [...facts.services.keys()].map((service) => failureCode(query(facts, service, "SELECT 1")));
    return (await Promise.all(codes)).every((code) => code === null);
  };
  // Each daemon goes through its rounds: several of Patroni's, dozens of the balancer's.
  await throughout(work, { during: 5 * facts.timings.loopWait, what: "every way in works" });
  await cluster.operate("up");
  for (const member of facts.members) expect(criticalAtWork(await cluster.logs(member, start)), member.name).toEqual([]);
});

test("A18: no member has ever logged what means a broken program or broken data", async () => {
  for (const member of facts.members) {
    const logged = await cluster.logs(member);
    expect(logged.length, member.name).toBeGreaterThan(0);
    expect(criticalAtAnyTime(logged), member.name).toEqual([]);
  }
});
