import { PORTS } from "@matriarch/topology";
import type { BundleFacts } from "../cluster/bundle.ts";
import { membersWith, publishedPort } from "../cluster/cluster.ts";
import { serviceFor } from "../cluster/services.ts";
import { replayedBy } from "./replayed.ts";
import { createSetTable, readSet } from "./set.ts";
import { writableServices } from "./ways.ts";
import type { Ground, Workload } from "./workload.ts";
import { writerClient, type WriterKind } from "./writers.ts";

/** Milliseconds: a writer that hangs has given up by then. */
const DEADLINE = 3000;

/** Through the pooler and past it, by sessions that last and by one for each write. */
export function writersOf(facts: BundleFacts): readonly WriterKind[] {
  return writableServices(facts).flatMap((endpoint) =>
    (["persistent", "per-operation"] as const).map((session) => ({ endpoint, session })),
  );
}

/** Reads the set twice on the primary and once on every other node, each as far as the primary has written. */
async function readEverywhere({ cluster, history }: Ground, table: string): Promise<void> {
  const { facts } = cluster;
  const [pooled = ""] = writableServices(facts);
  const direct = serviceFor(facts, { through: "balancer", access: "rw" });
  await readSet(facts, history, pooled, table);
  for (const node of membersWith(facts, "postgresql")) {
    await replayedBy(cluster, [node]);
    await readSet(facts, history, direct, table, { port: publishedPort(node, PORTS.postgresql) });
  }
}

const LOSS = {
  synchronous: "No acknowledged write is lost, none that failed is there, and all nodes have the same.",
  asynchronous:
    "What is lost with asynchronous replication is measured in rows, bytes and seconds, and is no more than a standby may be behind to be promoted; nothing that failed is there, and all nodes have the same.",
} as const;

/** Numbers are added to a set, all the time and by the clock. */
export const setWorkload: Workload = {
  id: "set",
  claims: (facts) => ({ loss: LOSS[facts?.replication ?? "synchronous"] }),
  create: (table) => [createSetTable(table)],
  drop: (table) => [`DROP TABLE ${table}`],
  clients: ({ cluster, history, rate }, table) => {
    const kinds = writersOf(cluster.facts);
    const pace = { deadline: DEADLINE, interval: (1000 * kinds.length) / rate };
    return kinds.map((kind) => writerClient(kind, history, table, pace));
  },
  readAtTheEnd: readEverywhere,
  requests: ({ facts, table, id }) => {
    const nodes = membersWith(facts, "postgresql").map(({ name }) => name);
    const promise = facts.replication === "synchronous" ? "nothing is lost" : "loss is measured";
    const { maxLagOnFailoverKib } = facts.promises.replication;
    const most = maxLagOnFailoverKib === null ? {} : { most: 1024 * maxLagOnFailoverKib };
    return [
      {
        check: "set",
        claim: id("loss"),
        limit: null,
        facts: { key: table, nodes, promise, ...most },
      },
    ];
  },
};
