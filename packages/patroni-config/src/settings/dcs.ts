import { AUTHORITIES, CERTIFICATES, PORTS, type PostgresqlMember, SECRETS, SERVICE_USERS, type Topology } from "@matriarch/topology";
import type { PatroniFile } from "../model.ts";

/** What a kind of DCS adds to patroni.yml. */
export interface DcsKind {
  readonly section: (topology: Topology, member: PostgresqlMember) => Pick<PatroniFile, "etcd3">;
  /** The part that belongs into the overlay; the password comes from this variable of the environment file. */
  readonly credentials: { readonly section: "etcd3"; readonly username: string; readonly passwordVariable: string };
}

/** One row for each kind of DCS. */
export const DCS_KINDS: Readonly<Record<Topology["dcs"], DcsKind>> = {
  etcd: {
    section: (topology, { layout }) => ({
      etcd3: {
        hosts: topology.etcd.map((member) => `${member.name}:${PORTS.etcd}`),
        protocol: "https",
        cacert: `${layout.pki}/${AUTHORITIES.etcd}.crt`,
        cert: `${layout.pki}/${CERTIFICATES.postgresql.etcdClient}.crt`,
        key: `${layout.pki}/${CERTIFICATES.postgresql.etcdClient}.key`,
      },
    }),
    credentials: { section: "etcd3", username: SERVICE_USERS.etcdPatroni, passwordVariable: SECRETS.etcdPatroni.variable },
  },
};
