import { setTimeout as delay } from "node:timers/promises";
import { PORTS } from "@matriarch/topology";
import { type Cluster, membersWith, publishedPort } from "../cluster/cluster.ts";
import type { BundleMember } from "../cluster/bundle.ts";
import { query } from "../cluster/sessions.ts";
import type { Recorder } from "../history/recorder.ts";
import { SERVER_COLUMNS, serverOf, type ServerRow } from "./server.ts";
import type { Running } from "./client.ts";
import { reasonOf } from "../reason.ts";

/** Milliseconds between two questions to one node. */
const PAUSE = 250;
/** Milliseconds that a node may take: one that stands still is asked again. */
const PATIENCE = 2000;

async function watch(cluster: Cluster, history: Recorder, service: string, node: BundleMember, stopped: AbortSignal): Promise<void> {
  const port = publishedPort(node, PORTS.postgresql);
  while (!stopped.aborted) {
    const done = history.invoke({
      process: history.next(),
      f: "ask-role",
      key: node.name,
      value: null,
      endpoint: node.name,
      session: "per-operation",
    });
    try {
      const [row] = await query<ServerRow>(cluster.facts, service, `SELECT ${SERVER_COLUMNS}`, [], { port, connectTimeout: PATIENCE });
      done({ phase: "ok", result: null, ...(row && { server: serverOf(row) }) });
    } catch (error) {
      done({ phase: "fail", error: { sqlstate: null, where: "read", message: reasonOf(error) } });
    }
    await delay(PAUSE);
  }
}

/** Asks every node, past balancer and pooler, who it is and whether it is the primary, again and again. */
export function watchRoles(cluster: Cluster, history: Recorder, service: string): Running {
  const stopping = new AbortController();
  const running = membersWith(cluster.facts, "postgresql").map((node) => watch(cluster, history, service, node, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
