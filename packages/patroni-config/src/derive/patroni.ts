import {
  DCS_NAMESPACE,
  AUTHORITIES,
  CERTIFICATES,
  DAEMON_USERS,
  PORTS,
  type PostgresqlMember,
  SYSTEM_ROLES,
  type Topology,
} from "@matriarch/topology";
import type { Authentication, PatroniFile } from "../model.ts";
import { DCS_KINDS } from "../settings/dcs.ts";
import { deriveDynamic } from "./dynamic.ts";
import { deriveHba, IDENT_MAP } from "./hba.ts";
import { deriveLocalParameters } from "./parameters.ts";

/** Base name of the script that Patroni runs after initdb. */
export const BOOTSTRAP_SCRIPT = "bootstrap.sh";

function certificate({ layout }: PostgresqlMember, name: string): { readonly cert: string; readonly key: string } {
  return { cert: `${layout.pki}/${name}.crt`, key: `${layout.pki}/${name}.key` };
}

/** The locale is PostgreSQL's own from 17 on: glibc's collations change between platforms, and indexes break with them. */
function initdbOptions(version: number): PatroniFile["bootstrap"]["initdb"] {
  const provider = version >= 17 ? [{ "locale-provider": "builtin" }, { "builtin-locale": "C.UTF-8" }] : [];
  return [{ encoding: "UTF8" }, { locale: "C.UTF-8" }, ...provider, "data-checksums", { "auth-local": "peer" }, { "auth-host": "reject" }];
}

function restSections(topology: Topology, member: PostgresqlMember): Pick<PatroniFile, "restapi" | "ctl"> {
  const server = certificate(member, CERTIFICATES.postgresql.rest);
  const client = certificate(member, CERTIFICATES.postgresql.restClient);
  const authority = `${member.layout.pki}/${AUTHORITIES.cluster}.crt`;
  return {
    restapi: {
      listen: `0.0.0.0:${PORTS.patroni}`,
      connect_address: `${member.name}:${PORTS.patroni}`,
      certfile: server.cert,
      keyfile: server.key,
      cafile: authority,
      // No allowlist: it would also cover POST /failsafe, and the certificate says more than an address.
      verify_client: topology.tls.clientCertificates ? "required" : "optional",
    },
    // patronictl's, and the one that the members present to each other.
    ctl: { cacert: authority, certfile: client.cert, keyfile: client.key },
  };
}

function byCertificate(member: PostgresqlMember, username: string, name: string): Authentication {
  const { cert, key } = certificate(member, name);
  return { username, sslmode: "verify-full", sslcert: cert, sslkey: key, sslrootcert: `${member.layout.pki}/${AUTHORITIES.cluster}.crt` };
}

function postgresqlSection(topology: Topology, member: PostgresqlMember): PatroniFile["postgresql"] {
  const { replication, rewind } = CERTIFICATES.postgresql;
  return {
    listen: `0.0.0.0:${PORTS.postgresql}`,
    connect_address: `${member.name}:${PORTS.postgresql}`,
    data_dir: member.layout.data,
    bin_dir: topology.platform.postgresqlBin(topology.postgresqlVersion),
    pgpass: `${member.layout.run}/pgpass`,
    use_unix_socket: true,
    use_unix_socket_repl: true,
    authentication: {
      superuser: { username: SYSTEM_ROLES.superuser },
      replication: byCertificate(member, SYSTEM_ROLES.replication, replication),
      rewind: byCertificate(member, SYSTEM_ROLES.rewind, rewind),
    },
    use_pg_rewind: true,
    // A directory that cannot be rewound may hold the only copy of something: a person decides (`patronictl reinit`).
    remove_data_directory_on_rewind_failure: false,
    remove_data_directory_on_diverged_timelines: false,
    create_replica_methods: ["basebackup"],
    // At once, and as fast as the network allows: until the standby is back there is one copy less.
    basebackup: [{ checkpoint: "fast" }],
    pg_hba: deriveHba(topology),
    pg_ident: [{ map: IDENT_MAP, systemUser: DAEMON_USERS.postgresql.name, role: SYSTEM_ROLES.replication }],
    parameters: deriveLocalParameters(topology, member),
  };
}

/** Tags are absent rather than false: Patroni drops false ones, and so its /config and /patroni say the same as the file. */
function tags(member: PostgresqlMember): PatroniFile["tags"] {
  return {
    datacenter: member.datacenter,
    ...(member.promotable ? {} : { nofailover: true }),
    ...(member.synchronous ? {} : { nosync: true }),
  };
}

/** patroni.yml of one member, without its secrets. */
export function derivePatroni(topology: Topology, member: PostgresqlMember): PatroniFile {
  return {
    scope: topology.scope,
    namespace: DCS_NAMESPACE,
    name: member.instance,
    log: { level: "INFO" },
    ...restSections(topology, member),
    ...DCS_KINDS[topology.dcs].section(topology, member),
    bootstrap: {
      dcs: deriveDynamic(topology),
      initdb: initdbOptions(topology.postgresqlVersion),
      post_bootstrap: `${member.layout.config}/${BOOTSTRAP_SCRIPT}`,
    },
    postgresql: postgresqlSection(topology, member),
    // Containers have no watchdog device. A Patroni that hangs keeps PostgreSQL writable past its lease; HAProxy cuts it
    // off because its check no longer answers, and with a synchronous standby it can acknowledge nothing more.
    watchdog: { mode: "off" },
    tags: tags(member),
  };
}
