import type { Server } from "../history/event.ts";

/** What `SERVER_COLUMNS` gives. */
export interface ServerRow {
  readonly node: string;
  readonly standby: boolean;
  readonly started: string;
  /** Name of the WAL file; `null` on a standby. */
  readonly wal: string | null;
  readonly lsn: string;
}

/** Who answers, to be selected in the transaction that it is about. */
export const SERVER_COLUMNS = `current_setting('matriarch.node') AS node, pg_is_in_recovery() AS standby,
  pg_postmaster_start_time()::text AS started,
  CASE WHEN NOT pg_is_in_recovery() THEN pg_walfile_name(pg_current_wal_insert_lsn()) END AS wal,
  CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END::text AS lsn`;

/** The first eight digits of a WAL file's name are its timeline. */
export function serverOf({ node, standby, started, wal, lsn }: ServerRow): Server {
  const timeline = wal === null ? null : parseInt(wal.slice(0, 8), 16);
  return { node, role: standby ? "replica" : "primary", timeline, lsn, postmasterStart: started };
}
