import type { Danger, ParameterValue } from "@matriarch/topology";
import { readNumber, readSwitch } from "./literal.ts";

const LEAVE_IT_OUT = "Leave it out.";
const isOff = (value: ParameterValue) => readSwitch(value) === false;
const isOn = (value: ParameterValue) => readSwitch(value) === true;
const isOneOf =
  (...words: readonly string[]) =>
  (value: ParameterValue) =>
    words.includes(String(value).toLowerCase());
const isMinusOne = (unit: string) => (value: ParameterValue) => readNumber(value, "integer", unit) === -1;

/** Values that PostgreSQL takes and that harm a cluster, by the parameter. */
export const DANGERS: Readonly<Record<string, readonly Danger[]>> = {
  autovacuum: [
    {
      when: isOff,
      because: "tables grow and are never frozen by themselves, until PostgreSQL stops taking writes before its transaction ids run out",
      instead: "Leave it on; a single table can be excluded with `ALTER TABLE … SET (autovacuum_enabled = off)`.",
    },
  ],
  track_counts: [
    { when: isOff, because: "autovacuum does not learn which tables need it, so that it is off in effect", instead: LEAVE_IT_OUT },
  ],
  ignore_invalid_pages: [
    {
      when: isOn,
      because: "a standby goes on although its data cannot be right, and may then be promoted",
      instead: "Leave it out: a standby that stops here has to be built anew.",
    },
  ],
  max_slot_wal_keep_size: [
    {
      when: isMinusOne("MB"),
      because: "a standby that never returns keeps all WAL from then on, until the primary's disk is full",
      instead: "Give it a size: the standby that falls behind it is built anew.",
    },
  ],
  max_standby_streaming_delay: [
    {
      when: isMinusOne("ms"),
      because: "a query on a standby holds back its replay for ever, and a promotion waits for what is not replayed",
      instead: "Give it a time; hot_standby_feedback already keeps most queries from being cancelled.",
    },
  ],
  recovery_min_apply_delay: [
    {
      when: (value) => (readNumber(value, "integer", "ms") ?? 0) > 0,
      because: "every standby replays that much later, and a failover waits until the one that takes over has caught up",
      instead: "Leave it out, or keep a delayed copy outside of the cluster.",
    },
  ],
  data_sync_retry: [
    {
      when: isOn,
      because: "after an error of fsync PostgreSQL goes on, although the kernel may have dropped what it could not write",
      instead: "Leave it off: a crash replays the WAL, and another node takes over.",
    },
  ],
  log_statement: [
    {
      when: isOneOf("ddl", "mod", "all"),
      because: "the log then holds the password of every CREATE and ALTER ROLE that somebody types",
      instead: "Leave it out; log_min_duration_statement shows what is slow.",
    },
  ],
  allow_alter_system: [
    { when: isOn, because: "what somebody sets with ALTER SYSTEM overrides the topology, unseen, on one node", instead: LEAVE_IT_OUT },
  ],
};
