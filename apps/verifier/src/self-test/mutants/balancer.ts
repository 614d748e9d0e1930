import { both, edited, exchangeAddresses, inSection, replacing, without } from "../edits.ts";
import type { Mutant } from "../mutant.ts";
import { broken, claimOf } from "./table.ts";

const CONFIGURATION = /^[^/]+\/haproxy\.cfg$/;

/** Only to take the refusal away changes nothing that a client sees: HAProxy itself ends a session that has no server. */
const HOLDING = [
  "  tcp-request inspect-delay 30s",
  "  tcp-request content accept if { nbsrv(rw) eq 1 }",
  "  tcp-request content reject if WAIT_END",
].join("\n");

const haproxy = (change: (text: string) => string) => edited(CONFIGURATION, change);
const swapped = (backend: string) => haproxy(inSection(`backend ${backend}`, exchangeAddresses));

/** HAProxy. */
export const BALANCER_MUTANTS: readonly Mutant[] = [
  broken(
    "no-shutdown-sessions",
    "Sessions to a server that is found down are not cut",
    claimOf("reactions", "reactions-sessions-cut", /hangs/),
    haproxy(without(/on-marked-down shutdown-sessions/)),
  ),
  broken(
    "no-refusal",
    "A client is taken in and held where there is no primary, in the place of being refused",
    claimOf("reactions", "reactions-refusal", /held/),
    haproxy(inSection("frontend rw", replacing(/^ *tcp-request connection reject unless .*$/m, HOLDING))),
  ),
  broken(
    "no-lag-limit",
    "A replica serves reads however far it is behind",
    claimOf("reactions", "reactions-lag-limit", /still serves reads/),
    haproxy(replacing(/\/replica\?lag=\d+/, "/replica")),
  ),
  broken(
    "names-not-verified",
    "A server may prove any name that the authority signed, and another node stands where it should be",
    claimOf("haproxy", "haproxy-view", /has up in rw/),
    both(haproxy(replacing(/ check-sni \S+ verifyhost \S+/g, "")), swapped("rw")),
  ),
  broken(
    "wrong-server-checked",
    "The addresses of two nodes are exchanged where HAProxy checks them",
    claimOf("haproxy", "haproxy-view", /has up in rw/),
    swapped("rw"),
  ),
  broken(
    "wrong-server",
    "The addresses of two nodes are exchanged in the poolers' lane, which is not checked",
    claimOf("pgbouncer", "pgbouncer-aliases", /leads to a standby/),
    swapped("rw_pooled"),
  ),
  broken(
    "reads-at-the-primary",
    "The read-only port leads to the primary although replicas are good enough",
    claimOf("haproxy", "haproxy-routes", /leads to .+ the primary/),
    haproxy(inSection("frontend ro", replacing("use_backend ro_replicas if replicas", "use_backend ro_primary if replicas"))),
  ),
  broken(
    "open-statistics",
    "The statistics are told to everybody",
    claimOf("haproxy", "haproxy-statistics", /gets in/),
    haproxy(without(/http-request auth realm/)),
  ),
];
