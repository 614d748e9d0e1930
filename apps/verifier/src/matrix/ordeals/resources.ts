import {
  clockBack,
  clockForward,
  devourMemory,
  devourMemoryOfPostgresql,
  fillDisk,
  fillDiskOfWal,
  starveProcessors,
  throttlePrimary,
} from "../../faults/resources.ts";
import { LONG, type Ordeal } from "./ordeal.ts";

const common = { rows: ["D3"], suites: LONG, predicted: null } as const;

const NO_SPACE_TO_REWIND =
  "A pg_rewind that runs out of space leaves a directory that only a new copy mends (patronictl reinit): Patroni keeps it, for only a person may give data up.";

/** What the primary has of its machine. */
export const RESOURCE_ORDEALS: readonly Ordeal[] = [
  // Slow, and nobody else is better off: whether the lease outlives it depends on the load, whether writes return does not.
  { ...common, fault: starveProcessors, writesReturn: 20, within: 90 },
  // The kernel kills who has most, which is the program that takes it. Until then the node may stand still for many seconds.
  { ...common, fault: devourMemory, writesReturn: "by themselves", within: 60 },
  // A crash of PostgreSQL: without time to start again another node takes over.
  { ...common, fault: devourMemoryOfPostgresql, writesReturn: "by themselves", within: 90 },
  // A lease takes a few packets, a commit not many more: nobody takes over, writes get slow.
  { ...common, fault: throttlePrimary, writesReturn: 20, within: 60 },
  // Leases are kept by etcd, by intervals of its own clock: no other clock matters to them.
  { ...common, fault: clockForward, writesReturn: 20, within: 30 },
  { ...common, fault: clockBack, writesReturn: 20, within: 30 },
  // Rows go on into pages that are there, WAL into segments made in advance; what needs more is refused with 53100. PostgreSQL
  // runs, so Patroni sees nothing, and nobody takes over: a known limit. It is well as soon as there is space.
  { ...common, fault: fillDisk, writesReturn: 20, within: 120 },
  // PostgreSQL panics: a crash, after which it cannot start, and another node takes over.
  { ...common, fault: fillDiskOfWal, writesReturn: "by themselves", within: 90, limit: NO_SPACE_TO_REWIND },
];
