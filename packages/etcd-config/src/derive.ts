import { DCS_NAMESPACE, AUTHORITIES, CERTIFICATES, type Member, PORTS, SERVICE_USERS, type Topology } from "@matriarch/topology";
import type { AuthScript, EtcdConfig, EtcdValue } from "./model.ts";
import { FREE_PARAMETERS, readParameter } from "./parameters.ts";
import { DEFAULTS, OWNED } from "./settings.ts";

function freeParameters(topology: Topology): [string, EtcdValue][] {
  return Object.entries(topology.parameters.etcd).flatMap(([key, written]) => {
    const kind = FREE_PARAMETERS.get(key);
    const value = kind === undefined ? undefined : readParameter(kind, written);
    return value === undefined ? [] : [[key, value]];
  });
}

/** `etcd.yaml` of a member: what Matriarch owns, then the defaults, which the topology's parameters replace or follow. */
export function deriveConfig(topology: Topology, member: Member<"etcd">): EtcdConfig {
  const owned = OWNED.map(({ key, value }): [string, EtcdValue] => [key, value(topology, member)]);
  const defaults = DEFAULTS.map(({ key, value }): [string, EtcdValue] => [key, value(member)]);
  const free = freeParameters(topology).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries([...owned, ...defaults, ...free]);
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
