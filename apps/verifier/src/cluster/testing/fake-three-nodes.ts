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

const FACTS = {
  directory: path.join(import.meta.dirname, "bundle"),
  scope: "fake",
  members: MEMBERS,
  replication: "synchronous",
  timings: { ttl: 20, loopWait: 2, retryTimeout: 5, primaryStartTimeout: 0 },
  promises: { replication: { mode: "synchronous", strict: false, neverPromoted: [], neverSynchronous: [], maxLagOnFailoverKib: 1024 } },
} as unknown as BundleFacts;

const base64 = (text: string) => Buffer.from(text).toString("base64");
const SETS = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].map((set) => `${set}:\t0`).join("\n");
const PATRONI = `1 ${base64(SETS)} ${base64("python3\0/usr/bin/patroni\0/run/patroni\0")}. -.`;
const OK = (body: unknown): HttpsAnswer => ({ status: 200, body: JSON.stringify(body) });

/** Three nodes of which one is the primary, in as much detail as faults look at. Somebody else takes over as soon as it is killed. */
export interface FakeThreeNodes extends FakeCluster {
  readonly facts: BundleFacts;
}

/** `onLook` is called before each look, `onDone` before anything is done; what they throw is thrown to whoever looks or does. */
export function fakeThreeNodes(onLook: () => void, onDone: (done: Done) => void): FakeThreeNodes {
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
    onDone(done);
    const moves = done.what === "operate" || (done.what === "signal" && done.member === primary);
    if (moves) primary = synchronous() ?? primary;
    else if (done.what === "alter" && done.member !== primary) lagging = done.member;
  };
  return { ...fakeCluster({ facts: FACTS, answers, https, before }), facts: FACTS };
}
