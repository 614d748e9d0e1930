import { type Client, DatabaseError } from "pg";
import { describe, expect, test } from "vitest";
import { attempt, type Work } from "./attempt.ts";

type Answer = (text: string) => Promise<{ readonly command?: string; readonly rows?: readonly object[] }>;

const SERVER = { node: "node1", standby: false, started: "2030-01-01", wal: "000000020000000100000001", lsn: "1/0" };

const WORK: Work<"add"> = {
  begin: "BEGIN",
  place: "write",
  expected: ["40001"],
  body: async (send) => {
    await send("INSERT");
    return { result: null, server: SERVER };
  },
};

function refusal(sqlstate: string): DatabaseError {
  return Object.assign(new DatabaseError("told", 0, "error"), { code: sqlstate });
}

/** A session that answers as told, and what was sent to it. */
function session(answer: Answer, warnings: readonly string[] = []) {
  const sent: string[] = [];
  const listeners = new Set<(notice: { readonly code: string }) => void>();
  const client = {
    on: (_: string, listen: (notice: { readonly code: string }) => void) => listeners.add(listen),
    off: (_: string, listen: (notice: { readonly code: string }) => void) => listeners.delete(listen),
    query: async (text: string) => {
      sent.push(text);
      if (text === "COMMIT") for (const code of warnings) for (const listen of listeners) listen({ code });
      return { command: text, rows: [], ...(await answer(text)) };
    },
  };
  return { sent, listeners, connect: async () => client as unknown as Client };
}

const failingAt =
  (place: string, error: unknown): Answer =>
  async (text) => {
    if (text === place) throw error;
    return {};
  };

describe("an attempt", () => {
  test("is acknowledged by who executed it, and leaves nothing behind in its session", async () => {
    const { connect, sent, listeners } = session(async () => ({}));
    const { completion, reusable } = await attempt(connect, WORK, 1000);
    expect(completion).toMatchObject({ phase: "ok", result: null, server: { node: "node1", timeline: 2 } });
    expect(reusable).toBe(true);
    expect(sent).toEqual(["BEGIN", "INSERT", "COMMIT"]);
    expect(listeners.size).toBe(0);
  });

  test("without a connection has failed", async () => {
    const connect = () => Promise.reject(new Error("refused"));
    const { completion, reusable } = await attempt(connect, WORK, 1000);
    expect(completion).toMatchObject({ phase: "fail", error: { where: "connect", sqlstate: null } });
    expect(reusable).toBe(false);
  });

  test("whose connection is lost before COMMIT has failed", async () => {
    const { connect } = session(failingAt("INSERT", new Error("lost")));
    const { completion, reusable } = await attempt(connect, WORK, 1000);
    expect(completion).toMatchObject({ phase: "fail", error: { where: "write" } });
    expect(reusable).toBe(false);
  });

  test("whose connection is lost at COMMIT may have happened, and tells who executed it", async () => {
    const { connect } = session(failingAt("COMMIT", new Error("lost")));
    const { completion, reusable } = await attempt(connect, WORK, 1000);
    expect(completion).toMatchObject({ phase: "info", error: { where: "commit" }, server: { node: "node1" } });
    expect(reusable).toBe(false);
  });

  test("that only reads has failed when its COMMIT has", async () => {
    const { connect } = session(failingAt("COMMIT", new Error("lost")));
    const { completion } = await attempt(connect, { ...WORK, place: "read" }, 1000);
    expect(completion).toMatchObject({ phase: "fail", error: { where: "read" } });
  });

  test("that is refused as expected is rolled back, and its session goes on", async () => {
    const { connect, sent } = session(failingAt("INSERT", refusal("40001")));
    const { completion, reusable } = await attempt(connect, WORK, 1000);
    expect(completion).toMatchObject({ phase: "fail", error: { sqlstate: "40001", where: "write" } });
    expect(reusable).toBe(true);
    expect(sent).toEqual(["BEGIN", "INSERT", "ROLLBACK"]);
  });

  test("that is refused otherwise costs its session", async () => {
    const { connect, sent } = session(failingAt("INSERT", refusal("25006")));
    expect(await attempt(connect, WORK, 1000)).toMatchObject({ completion: { phase: "fail" }, reusable: false });
    expect(sent).toEqual(["BEGIN", "INSERT"]);
  });

  test("after its deadline sends no COMMIT", async () => {
    const { promise, resolve } = Promise.withResolvers<object>();
    const { connect, sent } = session((text) => (text === "INSERT" ? promise : Promise.resolve({})));
    const { completion, reusable } = await attempt(connect, WORK, 20);
    expect(completion).toMatchObject({ phase: "fail", error: { where: "write", message: "no answer within 20 ms" } });
    expect(reusable).toBe(false);
    resolve({});
    await new Promise(setImmediate);
    expect(sent).toEqual(["BEGIN", "INSERT"]);
  });

  test("whose wait for the standby was cancelled is of unknown outcome", async () => {
    const { connect } = session(async () => ({}), ["01000"]);
    const { completion, reusable } = await attempt(connect, WORK, 1000);
    expect(completion).toMatchObject({ phase: "info", error: { sqlstate: "01000", where: "commit" } });
    expect(reusable).toBe(false);
  });

  test("that the server rolled back has failed", async () => {
    const { connect } = session(async (text) => (text === "COMMIT" ? { command: "ROLLBACK" } : {}));
    expect(await attempt(connect, WORK, 1000)).toMatchObject({ completion: { phase: "fail" }, reusable: false });
  });
});
