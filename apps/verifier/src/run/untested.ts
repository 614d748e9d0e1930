import type { RunRecord } from "./record.ts";

const NO_CLIENTS = "The check is there and judges saved histories; no client plays it against a live cluster yet.";
const NOT_YET = "No scenario does it yet.";
const KERNEL = "It takes a module of the kernel that machines for tests often lack.";

/** What no scenario tests, and why: said in every report, so that nobody takes silence for proof. */
export const UNTESTED: RunRecord["untested"] = [
  { what: "A register on the read-write port is linearizable under faults", why: NO_CLIENTS },
  { what: "Transactions on lists are serializable under faults", why: NO_CLIENTS },
  { what: "Money in a bank of accounts is neither made nor lost under faults", why: NO_CLIENTS },
  { what: "Reads on the read-only port are no staler than promised", why: NO_CLIENTS },
  { what: "The loss of a whole datacenter, and its runbook", why: NOT_YET },
  { what: "A full disk, starved processors or memory, a clock that jumps", why: NOT_YET },
  { what: "An alarm of etcd for want of space", why: NOT_YET },
  { what: "Certificates that expire, are of another authority, or rotate under load", why: NOT_YET },
  { what: "Two faults at once, but for the primary with its standby", why: NOT_YET },
  { what: "Added delay and reordering of packets (netem)", why: KERNEL },
  { what: "A watchdog that resets a machine whose Patroni stands still", why: KERNEL },
];
