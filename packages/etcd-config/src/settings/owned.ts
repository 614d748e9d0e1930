import {
  addressOf,
  AUTHORITIES,
  CERTIFICATES,
  ETCD_TOKEN_KEY,
  type Member,
  type OwnedSetting,
  type Owner,
  PORTS,
  refused,
  type RefusedSetting,
  type Topology,
} from "@matriarch/topology";
import type { EtcdValue, TransportSecurity } from "../model.ts";

type EtcdMember = Member<"etcd">;

const NAMES: Owner = { because: "it follows from the names and addresses of the members", instead: 'Change "nodes" or "networks".' };
const PATHS: Owner = { because: "the target fixes where files lie", instead: "Leave it out." };
const SECURITY: Owner = {
  because: "TLS and authentication hold only when every member has the same",
  instead: 'Leave it out; "tls" says what can be chosen.',
};
const TIMING: Owner = {
  because: "it belongs to the timing of the whole cluster",
  instead: 'Set "timing.etcd_heartbeat_ms" or "timing.etcd_election_ms".',
};
const DISCOVERY: Owner = {
  because: "the members are those of the topology, not those that a service names",
  instead: 'List the members under "nodes".',
};
const SAFETY: Owner = {
  because: "it can lose acknowledged writes or split the cluster",
  instead: "Leave it out; disaster recovery is a deliberate act at one member.",
};
const GATEWAY: Owner = { because: "Patroni speaks to the JSON gateway of etcd 3 on the client port", instead: "Leave it out." };

/** What a value is computed from: one member of the cluster. */
export interface EtcdFacts {
  readonly topology: Topology;
  readonly member: EtcdMember;
}

const peerUrl = (member: EtcdMember) => `https://${member.name}:${PORTS.etcdPeer}`;

function clientAddresses(member: EtcdMember): string[] {
  return ["127.0.0.1", ...Object.values(member.addresses).toSorted()];
}

function transportSecurity(member: EtcdMember, certificate: string, authority: string): TransportSecurity {
  const { pki } = member.layout;
  return {
    "cert-file": `${pki}/${certificate}.crt`,
    "key-file": `${pki}/${certificate}.key`,
    "trusted-ca-file": `${pki}/${authority}.crt`,
    "client-cert-auth": true,
  };
}

/** ES256: P-256 is cheaper than RSA, and each request is checked. */
function authToken({ layout: { pki } }: EtcdMember): string {
  return `jwt,pub-key=${pki}/${ETCD_TOKEN_KEY.public},priv-key=${pki}/${ETCD_TOKEN_KEY.private},sign-method=ES256,ttl=10m`;
}

/** What Matriarch decides, in the order of the file. A topology cannot set these. */
export const OWNED: readonly OwnedSetting<EtcdFacts, EtcdValue>[] = [
  { key: "name", takesEffect: "restart", owner: NAMES, value: ({ member }) => member.instance },
  { key: "data-dir", takesEffect: "restart", owner: PATHS, value: ({ member }) => member.layout.data },

  {
    key: "listen-peer-urls",
    takesEffect: "restart",
    owner: NAMES,
    value: ({ member }) => `https://${addressOf(member, "dcs")}:${PORTS.etcdPeer}`,
  },
  {
    key: "listen-client-urls",
    why: "The member's own addresses and nothing else: an interface that somebody adds later does not serve etcd by itself.",
    takesEffect: "restart",
    owner: NAMES,
    value: ({ member }) =>
      clientAddresses(member)
        .map((address) => `https://${address}:${PORTS.etcd}`)
        .join(","),
  },
  { key: "initial-advertise-peer-urls", takesEffect: "initdb", owner: NAMES, value: ({ member }) => peerUrl(member) },
  { key: "advertise-client-urls", takesEffect: "restart", owner: NAMES, value: ({ member }) => `https://${member.name}:${PORTS.etcd}` },
  {
    key: "listen-metrics-urls",
    why: "Plain HTTP, without a password: so for this machine only.",
    takesEffect: "restart",
    owner: NAMES,
    value: () => `http://127.0.0.1:${PORTS.etcdMetrics}`,
  },

  {
    key: "initial-cluster",
    takesEffect: "initdb",
    owner: NAMES,
    value: ({ topology: { etcd } }) => etcd.map((peer) => `${peer.instance}=${peerUrl(peer)}`).join(","),
  },
  { key: "initial-cluster-token", takesEffect: "initdb", owner: NAMES, value: ({ topology: { scope } }) => scope },
  {
    key: "initial-cluster-state",
    why: 'Read only while the data directory is empty. A member that lost its data is refused by the others ("has already been bootstrapped"): it would vote again on what it had already promised. Replace it as a new member.',
    takesEffect: "initdb",
    owner: NAMES,
    value: () => "new",
  },
  {
    key: "strict-reconfig-check",
    why: "A change of the members that would cost the majority is refused.",
    takesEffect: "restart",
    owner: SAFETY,
    value: () => true,
  },

  {
    key: "client-transport-security",
    takesEffect: "restart",
    owner: SECURITY,
    value: ({ member }) => transportSecurity(member, CERTIFICATES.etcd.server, AUTHORITIES.etcd),
  },
  {
    key: "peer-transport-security",
    takesEffect: "restart",
    owner: SECURITY,
    value: ({ member }) => transportSecurity(member, CERTIFICATES.etcd.peer, AUTHORITIES.etcdPeer),
  },
  {
    key: "auth-token",
    why: "Every request of Patroni is checked against the token. A stolen one is worthless after ten minutes; Patroni logs in again by itself. The default, simple, is documented as not for production.",
    takesEffect: "restart",
    owner: SECURITY,
    value: ({ member }) => authToken(member),
  },

  { key: "heartbeat-interval", takesEffect: "restart", owner: TIMING, value: ({ topology: { timing } }) => timing.etcdHeartbeatMs },
  { key: "election-timeout", takesEffect: "restart", owner: TIMING, value: ({ topology: { timing } }) => timing.etcdElectionMs },
];

/** Parameters that stay out of the file, and out of a topology's reach. */
export const REFUSED: readonly RefusedSetting[] = [
  ...refused(PATHS, ["socket-options", "wal-dir"]),
  ...refused(SECURITY, ["auth-token-ttl", "self-signed-cert-validity"]),
  ...refused(SAFETY, ["force-new-cluster", "unsafe-no-fsync"]),
  ...refused(GATEWAY, ["cors", "enable-grpc-gateway", "enable-v2", "experimental-enable-v2v3", "host-whitelist"]),
  ...refused(GATEWAY, ["listen-client-http-urls", "v2-deprecation"]),
  ...refused(DISCOVERY, ["discovery", "discovery-fallback", "discovery-proxy", "discovery-srv", "discovery-srv-name"]),
  ...refused(DISCOVERY, ["proxy", "proxy-dial-timeout", "proxy-failure-wait", "proxy-read-timeout"]),
  ...refused(DISCOVERY, ["proxy-refresh-interval", "proxy-write-timeout"]),
];
