import { both, edited, PATRONI, replacing, swappedIn, without } from "../edits.ts";
import type { Mutant, Mutation } from "../mutant.ts";
import { broken, brokenFromTheStart, claimOf, neverWhole } from "./table.ts";

const DYNAMIC = /^[^/]+\/dynamic\.yml$/;
const BOOTSTRAP = /^[^/]+\/bootstrap\.sql$/;

/** A line in front of all others of pg_hba: the first that fits decides. */
function admitting(line: string): Mutation {
  return edited(PATRONI, replacing(/^ {2}"pg_hba":\n/m, `$&    - "${line}"\n`));
}

const NEVER_PROMOTED = '"nofailover": true';

/** Lifts what keeps a node from being promoted, wherever there is one. */
const promotable: Mutation = (files) => {
  const held = [...files].filter(([name, text]) => PATRONI.test(name) && text.includes(NEVER_PROMOTED)).map(([name]) => name);
  return edited(new RegExp(`^(${held.join("|") || "none"})$`), replacing(NEVER_PROMOTED, '"nofailover": false'))(files);
};

/** A key of the dynamic configuration, where it begins and where it is applied. */
function dynamic(key: string, value: string): Mutation {
  const change = replacing(new RegExp(`^( *"${key}": ).*$`, "m"), `$1${value}`);
  return both(edited(PATRONI, change), edited(DYNAMIC, change));
}

/** Where the last node by name is the one that nobody waits for. */
function onTheLastNode(change: (text: string) => string): Mutation {
  return (files) => {
    const last =
      [...files.keys()]
        .filter((name) => PATRONI.test(name))
        .toSorted()
        .at(-1) ?? "";
    return edited(new RegExp(`^${last}$`), change)(files);
  };
}

/** PostgreSQL and Patroni. */
export const NODE_MUTANTS: readonly Mutant[] = [
  broken(
    "superuser-from-outside",
    "The superuser may log in over the network",
    claimOf("access", "access-superuser-outside", /gets in/),
    admitting("hostssl all postgres all scram-sha-256"),
  ),
  broken(
    "plaintext",
    "Applications may log in without TLS",
    claimOf("access", "access-plaintext", /gets in/),
    admitting("hostnossl all app,report all scram-sha-256"),
  ),
  broken(
    "trusted-network",
    "Whoever presents a certificate needs no password",
    claimOf("access", "access-passwords", /gets in/),
    admitting("hostssl all app all trust"),
  ),
  broken(
    "no-client-certificates",
    "Past the pooler a password is enough where a certificate was promised to be asked for",
    claimOf("access", "access-certificates", /gets in/),
    edited(PATRONI, replacing(" clientcert=verify-full", "")),
  ),
  // Not on the running cluster: the poolers' open sessions were begun with the certificate of then, and go on.
  brokenFromTheStart(
    "certificate-without-a-name",
    "PostgreSQL's certificate lacks the balancer's name, by which the pooler dials it",
    claimOf("services", "services-answer", /refuses its own role/),
    both(swappedIn(/^pki\/([^/]+)\/server\.crt$/, "pki/$1/rest.crt"), swappedIn(/^pki\/([^/]+)\/server\.key$/, "pki/$1/rest.key")),
  ),
  broken(
    "powerful-application",
    "The application's role may make roles",
    claimOf("access", "access-privileges", /CREATE ROLE \S+ ROLLBACK gets in/),
    edited(BOOTSTRAP, replacing(/^(ALTER ROLE "app" LOGIN .*)NOCREATEROLE/m, "$1CREATEROLE")),
  ),
  // Not on a cluster that others go on with: it ends with a primary that must never be one.
  brokenFromTheStart(
    "promotable",
    "A node may be promoted that never was to be",
    claimOf("refused-never-promoted", "refused-never-promoted", /is answered 200|is the primary/),
    promotable,
  ),
  neverWhole(
    "asynchronous",
    "Replication is asynchronous although it is declared synchronous",
    claimOf("postgresql", "postgresql-streaming", /0 standbys are synchronous/),
    dynamic("synchronous_mode", "false"),
  ),
  neverWhole(
    "never-streams",
    "A replica trusts another authority than its primary's, and never streams",
    claimOf("postgresql", "postgresql-streaming", /does not stream/),
    onTheLastNode(replacing(/("sslkey": "[^"]*replication\.key"\n *"sslrootcert": ")[^"]*/, "$1/etc/matriarch/pki/etcd-ca.crt")),
  ),
  broken(
    "no-slots",
    "The primary keeps no WAL for its standbys",
    claimOf("postgresql", "postgresql-slots", /has no active slot/),
    dynamic("use_slots", "false"),
  ),
  broken(
    "waits-for-the-crashed",
    "A primary that crashed is waited for, although it is declared to be replaced at once",
    claimOf("reactions", "reactions-crash", /is the primary/),
    dynamic("primary_start_timeout", "300"),
  ),
  broken(
    "longer-lease",
    "The lease is twice as long as declared, and so is the outage when the primary's machine dies",
    claimOf("kill-primary", "kill-primary-prediction", /./),
    dynamic("ttl", "40"),
  ),
  brokenFromTheStart(
    "no-checksums",
    "Data is not guarded by checksums",
    claimOf("postgresql", "postgresql-checksums", /has no checksums/),
    edited(PATRONI, without(/^ *- "data-checksums"$/)),
  ),
];
