import {
  AUTHORITIES,
  CERTIFICATES,
  DCS_NAMESPACE,
  entriesOf,
  type Entry,
  type Member,
  PORTS,
  SERVICE_USERS,
  type Topology,
  writtenSettings,
} from "@matriarch/topology";
import type { AuthScript, EtcdConfig, EtcdValue } from "./model.ts";
import { DIALECT, readValue } from "./settings/dialect.ts";
import { SETTINGS } from "./settings/index.ts";

function writtenEntries(topology: Topology): Entry<EtcdValue>[] {
  return writtenSettings(DIALECT, SETTINGS, topology).flatMap(({ key, accepts, value }) => {
    const read = readValue(accepts, value);
    return read === undefined ? [] : [{ key, value: read }];
  });
}

/** `etcd.yaml` of a member: what Matriarch decides, the defaults, and what the topology sets. */
export function deriveConfig(topology: Topology, member: Member<"etcd">): EtcdConfig {
  return entriesOf(SETTINGS, { topology, member }, writtenEntries(topology)).flatMap(({ entries }) => entries);
}

/** Patroni's keys: its default namespace, then its scope. The trailing slash keeps `…/main` out of `…/main2`. */
function patroniPrefix(topology: Topology): string {
  return `${DCS_NAMESPACE}${topology.scope}/`;
}

export function deriveAuthScript(topology: Topology, { layout }: Member<"etcd">): AuthScript {
  return {
    certificate: `${layout.pki}/${CERTIFICATES.etcd.server}.crt`,
    key: `${layout.pki}/${CERTIFICATES.etcd.server}.key`,
    authority: `${layout.pki}/${AUTHORITIES.etcd}.crt`,
    secrets: layout.secrets,
    marker: `${layout.run}/auth-enabled`,
    url: `https://127.0.0.1:${PORTS.etcd}`,
    rootUser: SERVICE_USERS.etcdRoot,
    patroniUser: SERVICE_USERS.etcdPatroni,
    prefix: patroniPrefix(topology),
  };
}
