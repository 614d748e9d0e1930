import path from "node:path";
import type { BundleFacts, BundleMember } from "../bundle.ts";
import type { HttpsAnswer, HttpsRequest } from "../https.ts";
import { type Done, type FakeCluster, fakeCluster, fakeMember } from "./fake-cluster.ts";

const NODES = [fakeMember("node1", "postgresql"), fakeMember("node2", "postgresql"), fakeMember("node3", "postgresql", "dc2")];
const MEMBERS = [
  fakeMember("etcd1", "etcd"),
  fakeMember("etcd2", "etcd"),
  fakeMember("etcd3", "etcd", "dc2"),
  ...NODES,
  fakeMember("haproxy", "haproxy", "dc2"),
  fakeMember("pgbouncer", "pgbouncer", "dc2"),
];

const timing = {
  ttl: 20,
  loopWait: 2,
  retryTimeout: 5,
  primaryStartTimeout: 0,
  checkIntervalMs: 500,
  checkFastIntervalMs: 200,
  checkFall: 2,
};

const FACTS: BundleFacts = {
  directory: path.join(import.meta.dirname, "bundle"),
  scope: "fake",
  members: MEMBERS,
  promises: {
    replication: {
      mode: "synchronous",
      synchronousStandbys: 1,
      strict: false,
      maxLagOnFailoverKib: 1024,
      neverPromoted: [],
      neverSynchronous: [],
    },
    withoutEtcd: "read-only",
    reads: { maxLagKib: 1024, primaryAsFallback: true },
    pools: { mode: "transaction", maxClients: 100 },
    clientCertificates: true,
    timing,
  },
  timings: timing,
  replication: "synchronous",
  dynamicConfig: {},
  parameters: new Map(NODES.map(({ name }) => [name, new Map([["wal_receiver_timeout", "5s"]])])),
  extensions: new Map(),
  predictions: new Map([["standby-lost", [0, 1]]]),
  version: "0.0.0-golden",
  clientCertificates: true,
  services: new Map(["app_rw", "app_ro", "app-direct-rw", "app-direct-ro"].map((name) => [name, {}])),
};

const base64 = (text: string) => Buffer.from(text).toString("base64");
const SETS = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].map((set) => `${set}:\t0`).join("\n");
const PATRONI = `1 ${base64(SETS)} ${base64("python3\0/usr/bin/patroni\0/run/patroni\0")}. -.`;
const OK = (body: unknown): HttpsAnswer => ({ status: 200, body: JSON.stringify(body) });

interface Happenings {
  /** Called before each look, and thrown from. */
  readonly onLook?: () => void;
  /** Called before anything is done, and thrown from. */
  readonly onDone?: (done: Done) => void;
  readonly isHealthy?: (member: BundleMember) => boolean;
}

/**
 * Three nodes of which one is the primary, three members of etcd, a balancer and a pooler, in as much detail as faults look at.
 * Another node takes over as soon as the primary is killed.
 */
export function fakeThreeNodes({ onLook = () => undefined, onDone, isHealthy }: Happenings = {}): FakeCluster {
  let primary = "node1";
  let lagging: string | null = null;
  let clock = 0;
  let segments = 3;
  const standbys = () => NODES.map(({ name }) => name).filter((name) => name !== primary);
  const synchronous = () => standbys().find((name) => name !== lagging);
  /** By what the question has in it: the first one that fits. */
  const psql: readonly (readonly [string, (node: string) => string])[] = [
    ["pg_is_in_recovery", (node) => (node === primary ? "f" : "t")],
    ["SELECT pid", () => "17"],
    ["SyncRep", () => "t"],
    [
      "pg_stat_replication",
      () =>
        standbys()
          .map((name) => `${name}|streaming|${name === synchronous() ? "sync" : "async"}`)
          .join("\n"),
    ],
    ["flush_lsn() - ", () => "t"],
    ["flush_lsn()", () => "0/1000000"],
    ["pg_stat_file", () => String(clock++)],
    [
      "pg_switch_wal",
      () => {
        if (segments-- === 0) throw new Error("no space left on device");
        return "";
      },
    ],
  ];
  const answers = ({ name }: BundleMember, command: readonly string[]): string => {
    onLook();
    const words = command.join(" ");
    if (words.includes("/metrics")) return `etcd_server_is_leader ${name === "etcd1" ? 1 : 0}\netcd_server_has_leader 1`;
    if (words.includes("cmdline") && words.includes("kill")) return "/proc/17";
    if (words.includes("kill -s")) return "/proc/17";
    if (words.includes("/proc/[0-9]*")) return PATRONI;
    const found = psql.find(([part]) => words.includes(part));
    return found ? found[1](name) : "";
  };
  const roleOf = (name: string) => (name === primary ? "leader" : name === synchronous() ? "sync_standby" : "replica");
  const https = async (asked: HttpsRequest): Promise<HttpsAnswer> => {
    onLook();
    if (asked.path === "/cluster") return OK({ members: NODES.map(({ name }) => ({ name, role: roleOf(name), state: "running" })) });
    if (asked.path.endsWith("/authenticate")) return OK({ token: "t" });
    return OK({ header: { revision: "1" } });
  };
  const before = (done: Done) => {
    onDone?.(done);
    const moves = done.what === "operate" || (done.what === "signal" && done.member === primary);
    if (moves) primary = synchronous() ?? primary;
    else if (done.what === "alter" && done.member !== primary) lagging = done.member;
  };
  return fakeCluster({ facts: FACTS, answers, https, before, ...(isHealthy && { isHealthy }) });
}
