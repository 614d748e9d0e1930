import type { Recorder } from "../history/recorder.ts";
import { type Task, task } from "./client.ts";
import { adding, createSetTable } from "./set.ts";

/** A session tries to write first, and again after as many reads. */
const READS_BETWEEN = 20;
/** A write in a transaction that may only read. */
const READ_ONLY = "25006";

/** The table that nobody may write through a read-only service, beside a workload's own. */
const forbidden = (table: string) => `${table}_forbidden`;

export const createForbidden = (table: string): string => createSetTable(forbidden(table));
export const dropForbidden = (table: string): string => `DROP TABLE ${forbidden(table)}`;

/** What a client of a read-only service does: it reads, and tries now and then whether it can write. */
export function readingAndTrying(history: Recorder, table: string, read: () => Task): (position: number) => Task {
  const attempt = () => {
    const value = history.next();
    return task({ f: "add", key: forbidden(table), value }, { ...adding(forbidden(table), value), expected: [READ_ONLY] });
  };
  return (position) => (position % (READS_BETWEEN + 1) === 0 ? attempt() : read());
}
