import type { Component } from "../probe.ts";
import { containersAccess } from "./containers.ts";
import { etcdAccess } from "./etcd.ts";
import { haproxyAccess } from "./haproxy.ts";
import { patroniAccess } from "./patroni.ts";
import { pgbouncerAccess } from "./pgbouncer.ts";
import { postgresqlAccess } from "./postgresql.ts";
import { secretsAccess } from "./secrets.ts";
import { tls } from "./tls.ts";

/** Everything that must not be opened, the quickest first. */
export const access: Component = {
  id: "access",
  title: "Nobody gets in who must not, and nobody finds a secret",
  rows: ["A1", "A3", "A4", "A5", "A8", "A9", "A10", "A11", "A12", "A16", "D4"],
  tags: ["access"],
  // Hundreds of attempts, many through a program of their own on some member: more than a change can wait for.
  suites: ["full", "soak"],
  probes: [
    ...haproxyAccess,
    ...pgbouncerAccess,
    ...containersAccess,
    ...patroniAccess,
    ...etcdAccess,
    ...postgresqlAccess,
    ...tls,
    ...secretsAccess,
  ],
  limit: 600,
};
