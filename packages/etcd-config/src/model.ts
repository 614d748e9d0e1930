import type { Entry } from "@matriarch/topology";

/** What etcd's configuration file can hold. */
export type EtcdValue = string | number | boolean | readonly string[] | TransportSecurity;

/** TLS of one of etcd's two ports. */
export type TransportSecurity = {
  readonly "cert-file": string;
  readonly "key-file": string;
  readonly "trusted-ca-file": string;
  readonly "client-cert-auth": boolean;
};

/** `etcd.yaml` of one member, in the order of the file. */
export type EtcdConfig = readonly Entry<EtcdValue>[];

/** What `enable-auth.sh` needs to know. */
export interface AuthScript {
  /** Certificate and key that the script shows to its own member, and the authority that it checks it against. */
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
  /** Folder of the request bodies `<user>.json`. */
  readonly secrets: string;
  /** Made when authentication is on and every user can log in. */
  readonly marker: string;
  /** Where the script talks to its own member. */
  readonly url: string;
  readonly rootUser: string;
  readonly patroniUser: string;
  /** All keys that Patroni may touch begin with this. */
  readonly prefix: string;
}
