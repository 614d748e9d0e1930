import type { TopologyCode } from "@matriarch/topology";
import type { Page } from "../../page.ts";

/** Databases, roles and extensions. */
export const DATABASE_PAGES = {
  "undeclared-role": {
    severity: ["error"],
    cause: "A database names a role that is not under `roles`.",
    why: "A misspelt role would be made, without the limits and the networks that were meant for it.",
    source: "the schema: `roles`",
    remedy: "Correct the name, or declare the role: `{}` takes every default.",
    example: {
      before: "databases: { app: { readers: [reprot] } }\nroles: { report: {} }",
      after: "databases: { app: { readers: [report] } }\nroles: { report: {} }",
    },
  },
  "unused-role": {
    severity: ["warning"],
    cause: "No database names a role.",
    why: "pg_hba has no line for it, so it can connect nowhere.",
    source: "the schema: `roles`",
    remedy: "Name it as owner, writer or reader of a database, or remove it.",
    example: {
      before: "roles: { report: {} }",
      after: "databases: { app: { readers: [report] } }\nroles: { report: {} }",
    },
  },
  "reserved-role-name": {
    severity: ["error"],
    cause: "An application's role has a name that is taken.",
    why: "It is a word of SQL or of the access rules, belongs to PostgreSQL (`pg_…`), or is one of the cluster's own roles: an application with it would be let in as something else.",
    source: "PostgreSQL manual, CREATE ROLE; The pg_hba.conf File",
    remedy: "Choose another name. A database without an `owner` is owned by a role of its own name.",
    example: { before: "databases: { app: { owner: postgres } }", after: "databases: { app: {} }" },
  },
  "role-source-not-enforced": {
    severity: ["warning"],
    cause: "A role may come from fewer networks than another one, and there is a HAProxy.",
    why: "TLS passes through HAProxy, which sees a client's address and not its role; PostgreSQL behind it sees the role and HAProxy's address. So HAProxy admits the networks of all roles, and from each of them every role can log in on its ports, with its password and its certificate (patroni#719). PgBouncer sees both, and holds each role to its own networks.",
    source: "haproxy.cfg: `from_client`; PgBouncer's pg_hba.conf",
    remedy:
      "Where it matters, close HAProxy's ports to the other networks in a firewall and let those clients use PgBouncer; or give every role the same networks.",
    example: {
      before: "databases: { app: { readers: [bi] } }\nroles: { app: { from: [10.1.0.0/16] }, bi: { from: [10.2.0.0/16] } }",
      after: "databases: { app: { readers: [bi] } }\nroles: { app: { from: [10.1.0.0/16] }, bi: { from: [10.1.0.0/16] } }",
    },
  },
  "subscriber-in-pools": {
    severity: ["error"],
    cause: "A role is a subscriber, and also owner, writer or reader of a database.",
    why: "A subscriber has REPLICATION, and PgBouncer lets in no such role: its lookup leaves them out, so that the pooler can never be a way to replicate. The role's aliases would not work.",
    source: "bootstrap.sql: pgbouncer.lookup",
    remedy: "Use a role of its own for streaming. A subscriber reads the owner's tables by itself.",
    example: {
      before: "databases: { app: { readers: [cdc], subscribers: [cdc] } }\nroles: { cdc: {} }",
      after: "databases: { app: { readers: [report], subscribers: [cdc] } }\nroles: { cdc: {}, report: {} }",
    },
  },
  "slot-name-taken": {
    severity: ["error"],
    cause: "Two replication slots have one name.",
    why: "A server has one space of names for all slots: those of all databases, and those that Patroni makes for the standbys, named after the members. Patroni would drop one for the other.",
    source: "PostgreSQL manual, Replication Slots; patroni/dcs/__init__.py",
    remedy: "Choose another name.",
    example: {
      before: "databases: { app: { slots: { orders: {} } }, shop: { slots: { orders: {} } } }",
      after: "databases: { app: { slots: { orders: {} } }, shop: { slots: { shop_orders: {} } } }",
    },
  },
  "unknown-output-plugin": {
    severity: ["error"],
    cause: "A logical slot uses an output plugin that the image does not have.",
    why: "Patroni cannot make the slot, tries again in every round, and says so in its log only.",
    source: "PostgreSQL manual, Logical Decoding Output Plugins",
    remedy:
      "Use `pgoutput`, PostgreSQL's own, which Debezium and subscriptions speak; or `test_decoding`, to look at. `wal2json` can be used where it is named under `extensions`.",
    example: {
      before: "databases: { app: { slots: { orders: { plugin: decoderbufs } } } }",
      after: "databases: { app: { slots: { orders: { plugin: pgoutput } } } }",
    },
  },
  "reserved-database-name": {
    severity: ["error"],
    cause: "A database has a name that is taken.",
    why: "In access rules it means something else (`all`, `sameuser`, `replication`), PostgreSQL makes new databases from it (`template1`), or it is PgBouncer's console (`pgbouncer`).",
    source: "PostgreSQL manual, The pg_hba.conf File; PgBouncer manual, Admin console",
    remedy: "Choose another name.",
    example: {
      before: "databases: { replication: { owner: app } }\nroles: { app: {} }",
      after: "databases: { replica_data: { owner: app } }\nroles: { app: {} }",
    },
  },
  "unsupported-postgresql": {
    severity: ["error"],
    cause: "The platform does not carry the wanted version of PostgreSQL.",
    why: "Its packages come from the platform's own repositories; the image could not be built.",
    source: "the platform's package list",
    remedy: "Take one of the versions that the hint names.",
    example: { before: "postgresql: { version: 12 }", after: "postgresql: { version: 17 }" },
  },
  "unknown-extension": {
    severity: ["error"],
    cause: "No package of the platform carries an extension.",
    why: "CREATE EXTENSION would fail when the cluster is made, after initdb: the bootstrap is undone and tried again, for ever.",
    source: "the platform's package list; patroni/ha.py, `post_bootstrap`",
    remedy: "Take the name that the hint suggests: the SQL name (`vector`), not the package's (`pgvector`).",
    example: { before: "postgresql: { extensions: [pgvector] }", after: "postgresql: { extensions: [vector] }" },
  },
  "extension-in-several-databases": {
    severity: ["error"],
    cause: "An extension that only one database can have is wanted in several.",
    why: "pg_cron's scheduler reads its jobs from one database, which is fixed when the server starts; CREATE EXTENSION fails in every other, and the bootstrap with it.",
    source: "github.com/citusdata/pg_cron, README, Setting up pg_cron",
    remedy:
      "Name it in one database, the one whose owner schedules most: its owner may use `cron.schedule`. The superuser schedules jobs of other databases from there, with `cron.schedule_in_database`.",
    example: { before: "postgresql: { extensions: [pg_cron] }", after: "databases: { app: { extensions: [pg_cron] } }" },
  },
} as const satisfies Partial<Record<TopologyCode, Page>>;
