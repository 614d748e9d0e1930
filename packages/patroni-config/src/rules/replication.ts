import { readNumber } from "../settings/literal.ts";
import { senders } from "../settings/shared.ts";
import { error, type PatroniRule, warning } from "./finding.ts";
import { writtenParameters } from "./written.ts";

const PER_STANDBY = { max_wal_senders: "one process that sends it WAL", max_replication_slots: "a slot that keeps WAL for it" } as const;

/** Patroni makes a slot for each other member, and each logical one, on every node: any of them may be the next primary. */
export const tooFewWalSenders: PatroniRule = (topology) => {
  const standbys = topology.postgresql.length - 1;
  const needed = standbys + topology.slots.length;
  return Object.entries(PER_STANDBY).flatMap(([name, what]) =>
    writtenParameters(topology, name)
      .filter(({ value }) => (readNumber(value, "integer") ?? needed) < needed)
      .map(({ key, value, path }) => {
        const consumers =
          topology.slots.length === 0 ? "" : ` and each logical slot (${topology.slots.map((slot) => slot.name).join(", ")})`;
        const message = `Each of the ${standbys} standbys${consumers} needs ${what}, and "${key}" is ${String(value)}: the others would get no WAL.`;
        const hint = `Leave it out: the default is ${senders(topology)}, enough to build two standbys anew as well.`;
        return error("too-few-wal-senders", path, message, hint);
      }),
  );
};

/** A connection to a standby whose host vanished is given up after this time only; until then commits wait for it. */
export const walSenderOutlivesLease: PatroniRule = (topology) => {
  const { replication, timing } = topology;
  if (replication.mode === "asynchronous") return [];
  return writtenParameters(topology, "wal_sender_timeout").flatMap(({ key, value, path }) => {
    const milliseconds = readNumber(value, "integer", "ms");
    if (milliseconds === undefined) return [];
    const seconds = milliseconds / 1000;
    if (seconds > 0 && seconds <= timing.ttl) return [];
    const time = seconds > 0 ? `for ${seconds} s` : "for ever";
    const message = `Replication is ${replication.mode}, and "${key}" = ${JSON.stringify(value)} keeps a standby ${time} that no longer answers, longer than the ttl of ${timing.ttl} s: commits wait for it all the while.`;
    return [warning("wal-sender-outlives-lease", path, message, `Leave it out: the default is retry_timeout, ${timing.retryTimeout} s.`)];
  });
};
