import type { OperationOf } from "../history/operation.ts";

type Add = OperationOf<"add">;

/** A place in the WAL in bytes, of PostgreSQL's `16/B374D848`. */
export function bytesOfLsn(lsn: string): number {
  const [high = "0", low = "0"] = lsn.split("/");
  return parseInt(high, 16) * 2 ** 32 + parseInt(low, 16);
}

/** What one primary lost: the part of its WAL that nobody took over, as far as acknowledged rows show it. */
interface Loss {
  readonly bytes: number;
  readonly nanoseconds: number;
}

/** From the last row that survived to the last that did not. */
function lossOfOne(acknowledged: readonly Add[], lost: ReadonlySet<Add>): Loss {
  const rows = acknowledged.map((add) => ({ position: bytesOfLsn(add.server?.lsn ?? ""), moment: add.completed, gone: lost.has(add) }));
  const gone = rows.filter((row) => row.gone);
  const first = gone.reduce((least, { position }) => Math.min(least, position), Infinity);
  const base = rows.reduce((last, row) => (row.gone || row.position >= first ? last : Math.max(last, row.position)), 0);
  const end = gone.reduce((last, { position }) => Math.max(last, position), 0);
  const since = gone.reduce((least, { moment }) => Math.min(least, moment), Infinity);
  const until = rows.reduce((last, { moment }) => Math.max(last, moment), 0);
  return { bytes: end - (base === 0 ? first : base), nanoseconds: until - since };
}

/** One life of PostgreSQL on one timeline: its WAL is one line. */
function lineOf({ server }: Add): string {
  return `${server?.node} ${server?.postmasterStart} ${server?.timeline}`;
}

/**
 * How much acknowledged work is gone. `lost bytes`: of WAL, over every primary that lost some; 0 when nothing is lost.
 * `lost seconds`: the longest time for which one of them acknowledged what nobody has, to its last acknowledgement.
 */
export function lossOf(acknowledged: readonly Add[], lost: readonly Add[]): Readonly<Record<"lost bytes" | "lost seconds", number>> {
  const gone = new Set(lost);
  const losses = [...Map.groupBy(acknowledged, lineOf).values()]
    .filter((adds) => adds.some((add) => gone.has(add)))
    .map((adds) => lossOfOne(adds, gone));
  return {
    "lost bytes": losses.reduce((sum, { bytes }) => sum + bytes, 0),
    "lost seconds": Math.max(0, ...losses.map(({ nanoseconds }) => nanoseconds)) / 1e9,
  };
}
