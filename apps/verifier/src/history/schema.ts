import { z } from "zod";
import type { Event, FunctionName } from "./event.ts";

const number = z.number();
const optional = z.exactOptional;

const SERVER = z.strictObject({
  node: z.string(),
  role: z.enum(["primary", "replica"]),
  timeline: number.nullable(),
  lsn: z.string(),
  postmasterStart: z.string(),
});

const ERROR = z.strictObject({
  sqlstate: z.string().nullable(),
  where: z.enum(["unsent", "connect", "begin", "read", "write", "commit"]),
  message: z.string(),
});

const STEP = z.union([z.tuple([z.literal("append"), number, number]), z.tuple([z.literal("read"), number])]);

/** What each function is sent with, and what it answers. */
const EXCHANGES = {
  add: { value: number, result: z.null() },
  "read-set": { value: z.null(), result: z.array(number) },
  write: { value: number, result: z.null() },
  read: { value: z.null(), result: number.nullable() },
  transfer: { value: z.strictObject({ from: number, to: number, amount: number }), result: z.null() },
  "read-accounts": { value: z.null(), result: z.array(number) },
  transact: { value: z.array(STEP), result: z.array(z.array(number).nullable()) },
  beat: { value: number, result: z.null() },
  "read-beat": { value: z.null(), result: z.strictObject({ beat: number, lag: number }) },
  "ask-role": { value: z.null(), result: z.null() },
} as const satisfies Record<FunctionName, { readonly value: z.ZodType; readonly result: z.ZodType }>;

function eventSchema<F extends FunctionName>(f: F) {
  return z.strictObject({
    i: z.int().nonnegative(),
    process: z.int(),
    f: z.literal(f),
    key: z.string(),
    value: EXCHANGES[f].value,
    phase: z.enum(["invoke", "ok", "fail", "info"]),
    t: number,
    endpoint: z.string(),
    session: z.enum(["persistent", "per-operation"]),
    intended: optional(number),
    result: optional(EXCHANGES[f].result),
    error: optional(ERROR),
    server: optional(SERVER),
  });
}

const [first, ...rest] = (Object.keys(EXCHANGES) as FunctionName[]).map(eventSchema);
if (!first) throw new Error("no function");

/** One event, as a line of a saved history has it. */
export const EVENT = z.discriminatedUnion("f", [first, ...rest]) as z.ZodType<Event>;
