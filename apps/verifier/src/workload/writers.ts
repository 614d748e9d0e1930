import type { BundleFacts } from "../cluster/bundle.ts";
import type { Population } from "../checks/population.ts";
import type { Recorder } from "../history/recorder.ts";
import { type Client, type Pace, type Running, startClients, task } from "./client.ts";
import { adding } from "./set.ts";

/** Writers that reach the cluster in the same way. */
export type WriterKind = Omit<Population, "f">;

/** Who adds one value after the other to a set, by the clock: what an outage is measured with. */
export function writerClient({ endpoint, session }: WriterKind, history: Recorder, key: string, pace: Pace): Client {
  const next = () => {
    const value = history.next();
    return task({ f: "add", key, value }, adding(key, value));
  };
  return { endpoint, session, pace, schedule: "open loop", next };
}

/** Starts one writer for each population: one attempt after the other, none hidden, each with a value of its own. */
export function startWriters(
  facts: BundleFacts,
  history: Recorder,
  key: string,
  populations: readonly WriterKind[],
  pace: Pace = { deadline: 3000, interval: 100 },
): Running {
  return startClients(
    facts,
    history,
    populations.map((population) => writerClient(population, history, key, pace)),
  );
}
