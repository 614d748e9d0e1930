import type { FreeSetting, Member } from "@matriarch/topology";
import type { EtcdValue } from "../model.ts";
import { LOG_LEVELS, LOG_OUTPUTS, POSITIVE, RETENTION, words } from "./accepts.ts";
import type { EtcdFacts } from "./owned.ts";

const MIB = 1024 ** 2;

/**
 * A quarter of the member's memory, between 64 MiB and etcd's own default of 2 GiB. The file is mapped into memory, so
 * more would thrash or be killed; Patroni's keys with an hour of history stay in the low megabytes, so the quota is
 * there to stop whatever writes in a loop before it fills the disk.
 */
function quotaBackendBytes({ memoryKib }: Member<"etcd">): number {
  return Math.min(2048, Math.max(64, Math.floor(memoryKib / 1024 / 4))) * MIB;
}

/** What Matriarch says where nobody says otherwise; a topology may set these. */
export const DEFAULTS: readonly FreeSetting<EtcdFacts, EtcdValue>[] = [
  {
    key: "quota-backend-bytes",
    accepts: POSITIVE,
    takesEffect: "restart",
    value: ({ member }) => quotaBackendBytes(member),
    why: "A quarter of the memory, between 64 MiB and 2 GiB: the file is mapped into memory. Patroni's keys stay in the low megabytes.",
    dangers: [
      {
        when: (value) => Number(value) < 16 * MIB,
        because: "etcd's file has some megabytes after an hour, and at the quota every write is refused: the primary loses its lease",
        instead: "Leave it out: the default is a quarter of the memory, and 64 MiB at least.",
      },
    ],
  },
  {
    key: "auto-compaction-mode",
    accepts: words("periodic", "revision"),
    takesEffect: "restart",
    value: () => "periodic",
    why: "Without compaction the history grows until the quota stops every write. Patroni reads the present only.",
  },
  { key: "auto-compaction-retention", accepts: RETENTION, takesEffect: "restart", value: () => "1h" },
  {
    key: "snapshot-count",
    accepts: POSITIVE,
    takesEffect: "restart",
    value: () => 10_000,
    why: "The default of 3.6. Up to so many entries stay in memory; 3.5's 100000 outgrow a small member.",
  },
  { key: "tls-min-version", accepts: words("TLS1.2", "TLS1.3", ""), takesEffect: "restart", value: () => "TLS1.2" },
  { key: "logger", accepts: words("zap"), takesEffect: "restart", value: () => "zap" },
  { key: "log-level", accepts: LOG_LEVELS, takesEffect: "restart", value: () => "info" },
  {
    key: "log-outputs",
    accepts: LOG_OUTPUTS,
    takesEffect: "restart",
    value: () => ["stderr"],
    why: "The default would look for a journal.",
  },
];
