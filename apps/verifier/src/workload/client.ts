import { setTimeout as delay } from "node:timers/promises";
import type { Client as Session } from "pg";
import type { BundleFacts } from "../cluster/bundle.ts";
import { openSession, type SessionOptions } from "../cluster/sessions.ts";
import type { FunctionName, InvocationOf, Outcome, SessionKind } from "../history/event.ts";
import type { Recorder } from "../history/recorder.ts";
import { attempt, type Connect, type Work } from "./attempt.ts";
import { monotonicNow } from "../history/clock.ts";

export interface Pace {
  /** Milliseconds that an attempt may take. */
  readonly deadline: number;
  /** Milliseconds between the moments at which two attempts are meant to be sent. */
  readonly interval: number;
}

/** When the next attempt is meant to be sent, in nanoseconds. */
const SCHEDULES = {
  /** By the clock alone, not by the last answer: who waits for a slow server would ask it less often. */
  "open loop": (intended: number, interval: number) => intended + interval,
  /** What could not be sent in time is left out: there is no crowd after an outage. */
  "when free": (intended: number, interval: number) => Math.max(intended + interval, monotonicNow()),
} as const;

/** Who carries out a task, and how. */
interface Seat extends Pick<InvocationOf<FunctionName>, "process" | "endpoint" | "session" | "intended"> {
  readonly history: Recorder;
  /** `null`: its turn came too late, and nothing is sent. */
  readonly connect: Connect | null;
  readonly deadline: number;
}

/**
 * Milliseconds after which it is too late to send something: whatever comes then counts as late. Who was held up for long would
 * otherwise go on sending what belongs to the outage, and show an outage where there is none any more.
 */
const TOO_LATE = 1000;

const UNSENT = {
  completion: {
    phase: "fail",
    error: { sqlstate: null, where: "unsent", message: `its turn came more than ${TOO_LATE} ms late: it was not sent` },
  },
  reusable: false,
} as const;

/** One operation, ready to be tried once. */
export type Task = (seat: Seat) => Promise<{ readonly phase: Outcome; readonly reusable: boolean }>;

/** An operation and the transaction that is behind it. */
export function task<F extends FunctionName>({ f, key, value }: Pick<InvocationOf<F>, "f" | "key" | "value">, work: Work<F>): Task {
  return async ({ history, connect, deadline, ...who }) => {
    const done = history.invoke<F>({ ...who, f, key, value });
    const { completion, reusable } = connect ? await attempt(connect, work, deadline) : UNSENT;
    done(completion);
    return { phase: completion.phase, reusable };
  };
}

/** Who does one thing after the other, each once: nothing is tried again out of sight. */
export interface Client {
  /** A service of the bundle; the name of a node for who is past everything. */
  readonly endpoint: string;
  readonly session: SessionKind;
  /** Where its sessions go: the service, unless this says otherwise. */
  readonly target?: SessionOptions & { readonly service: string };
  readonly pace: Pace;
  readonly schedule: keyof typeof SCHEDULES;
  /** What to do next; `position` counts from 0, and again after each attempt that broke its session. */
  readonly next: (position: number) => Task;
}

export interface Running {
  /** Waits for the attempts under way. */
  readonly stop: () => Promise<void>;
}

/** A connection that is kept until it is closed. */
function sessionHolder(facts: BundleFacts, { endpoint, target, pace }: Client) {
  const { service = endpoint, ...options } = target ?? {};
  let session: Session | undefined;
  // Not awaited: a server that hangs does not say goodbye.
  const end = (held: Session | undefined): void => void held?.end().catch(() => undefined);
  return {
    connect: async (expired: AbortSignal): Promise<Session> => {
      if (session) return session;
      const opened = await openSession(facts, service, { ...options, connectTimeout: pace.deadline });
      if (expired.aborted) end(opened);
      expired.throwIfAborted();
      return (session = opened);
    },
    close: (): void => {
      end(session);
      session = undefined;
    },
  };
}

/** A process does one thing at once: it is not used again after an unknown outcome, nor after a session that was meant to last. */
async function run(facts: BundleFacts, history: Recorder, client: Client, stopped: AbortSignal): Promise<void> {
  const { endpoint, session, pace, schedule } = client;
  const holder = sessionHolder(facts, client);
  let process = history.next();
  let position = 0;
  for (let intended = monotonicNow(); !stopped.aborted; intended = SCHEDULES[schedule](intended, pace.interval * 1e6)) {
    await delay(Math.max(0, (intended - monotonicNow()) / 1e6));
    const isLate = monotonicNow() - intended > TOO_LATE * 1e6;
    const connect = isLate ? null : holder.connect;
    const seat = { history, process, endpoint, session, connect, deadline: pace.deadline, intended };
    const { phase, reusable } = await client.next(position)(seat);
    if (isLate) continue;
    if (session === "per-operation" || !reusable) holder.close();
    if (phase === "info" || (session === "persistent" && !reusable)) process = history.next();
    position = reusable ? position + 1 : 0;
  }
  holder.close();
}

/** Starts clients that go on until they are stopped. */
export function startClients(facts: BundleFacts, history: Recorder, clients: readonly Client[]): Running {
  const stopping = new AbortController();
  const running = clients.map((client) => run(facts, history, client, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
