import { SERVICE_USERS, type Topology } from "@matriarch/topology";
import type { HbaLine } from "./model.ts";
import { aliasesOf } from "./pools.ts";

/** The name under which PgBouncer's console can be reached like a database. */
const CONSOLE = "pgbouncer";
const PASSWORD = "scram-sha-256";

/** Each role to the aliases of its databases, over TLS, from its networks; the console over the local socket only. */
export function deriveHba(topology: Topology): HbaLine[] {
  const logins = topology.logins.flatMap((login) => {
    const databases = aliasesOf(topology, login).map(({ name }) => name);
    const lines = login.from.map((address): HbaLine => ({ type: "hostssl", databases, users: [login.name], address, method: PASSWORD }));
    return databases.length === 0 ? [] : lines;
  });
  return [
    { type: "local", databases: [CONSOLE], users: [SERVICE_USERS.pgbouncerConsole], method: PASSWORD },
    { type: "local", databases: "all", users: "all", method: "reject" },
    ...logins,
    { type: "host", databases: "all", users: "all", address: "0.0.0.0/0", method: "reject" },
    { type: "host", databases: "all", users: "all", address: "::/0", method: "reject" },
  ];
}
