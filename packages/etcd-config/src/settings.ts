import { addressOf, AUTHORITIES, CERTIFICATES, ETCD_TOKEN_KEY, type Member, PORTS, type Topology } from "@matriarch/topology";
import type { EtcdValue, TransportSecurity } from "./model.ts";

type EtcdMember = Member<"etcd">;

/** Why a topology cannot set a parameter, and what it says instead. */
interface Owner {
  readonly because: string;
  readonly instead: string;
}

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

interface OwnedParameter {
  readonly key: string;
  readonly owner: Owner;
  readonly value: (topology: Topology, member: EtcdMember) => EtcdValue;
}

const peerUrl = (member: EtcdMember) => `https://${member.name}:${PORTS.etcdPeer}`;

/** The member's own addresses and nothing else: an interface that somebody adds later does not serve etcd by itself. */
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

/**
 * ES256: every request of Patroni is checked against the token, and P-256 is cheaper than RSA. A stolen token
 * is worthless after ten minutes; Patroni logs in again by itself. The default, `simple`, is documented as not for production.
 */
function authToken({ layout: { pki } }: EtcdMember): string {
  return `jwt,pub-key=${pki}/${ETCD_TOKEN_KEY.public},priv-key=${pki}/${ETCD_TOKEN_KEY.private},sign-method=ES256,ttl=10m`;
}

/** What Matriarch decides, in the order of the file. A topology cannot set these. */
export const OWNED: readonly OwnedParameter[] = [
  { key: "name", owner: NAMES, value: (_, member) => member.name },
  { key: "data-dir", owner: PATHS, value: (_, member) => member.layout.data },

  { key: "listen-peer-urls", owner: NAMES, value: (_, member) => `https://${addressOf(member, "dcs")}:${PORTS.etcdPeer}` },
  {
    key: "listen-client-urls",
    owner: NAMES,
    value: (_, member) =>
      clientAddresses(member)
        .map((address) => `https://${address}:${PORTS.etcd}`)
        .join(","),
  },
  { key: "initial-advertise-peer-urls", owner: NAMES, value: (_, member) => peerUrl(member) },
  { key: "advertise-client-urls", owner: NAMES, value: (_, member) => `https://${member.name}:${PORTS.etcd}` },
  // Plain HTTP, without a password: so for this machine only.
  { key: "listen-metrics-urls", owner: NAMES, value: () => `http://127.0.0.1:${PORTS.etcdMetrics}` },

  { key: "initial-cluster", owner: NAMES, value: ({ etcd }) => etcd.map((peer) => `${peer.name}=${peerUrl(peer)}`).join(",") },
  { key: "initial-cluster-token", owner: NAMES, value: ({ scope }) => scope },
  // Read only while the data directory is empty, so it may stay. A member that lost its data is refused by the others
  // ("has already been bootstrapped"): it would vote again on what it had already promised. Replace it as a new member.
  { key: "initial-cluster-state", owner: NAMES, value: () => "new" },
  { key: "strict-reconfig-check", owner: SAFETY, value: () => true },

  {
    key: "client-transport-security",
    owner: SECURITY,
    value: (_, member) => transportSecurity(member, CERTIFICATES.etcd.server, AUTHORITIES.etcd),
  },
  {
    key: "peer-transport-security",
    owner: SECURITY,
    value: (_, member) => transportSecurity(member, CERTIFICATES.etcd.peer, AUTHORITIES.etcdPeer),
  },
  { key: "auth-token", owner: SECURITY, value: (_, member) => authToken(member) },

  { key: "heartbeat-interval", owner: TIMING, value: ({ timing }) => timing.etcdHeartbeatMs },
  { key: "election-timeout", owner: TIMING, value: ({ timing }) => timing.etcdElectionMs },
];

/** Parameters that stay out of the file, and out of a topology's reach. */
const REFUSED: readonly { readonly owner: Owner; readonly keys: readonly string[] }[] = [
  { owner: PATHS, keys: ["socket-options", "wal-dir"] },
  { owner: SECURITY, keys: ["auth-token-ttl", "self-signed-cert-validity"] },
  { owner: SAFETY, keys: ["force-new-cluster", "unsafe-no-fsync"] },
  { owner: GATEWAY, keys: ["cors", "enable-grpc-gateway", "enable-v2", "experimental-enable-v2v3", "host-whitelist"] },
  { owner: GATEWAY, keys: ["listen-client-http-urls", "v2-deprecation"] },
  { owner: DISCOVERY, keys: ["discovery", "discovery-fallback", "discovery-proxy", "discovery-srv", "discovery-srv-name"] },
  { owner: DISCOVERY, keys: ["proxy", "proxy-dial-timeout", "proxy-failure-wait", "proxy-read-timeout"] },
  { owner: DISCOVERY, keys: ["proxy-refresh-interval", "proxy-write-timeout"] },
];

const OWNERS: ReadonlyMap<string, Owner> = new Map([
  ...OWNED.map(({ key, owner }): [string, Owner] => [key, owner]),
  ...REFUSED.flatMap(({ owner, keys }) => keys.map((key): [string, Owner] => [key, owner])),
]);

/** Why a topology cannot set this parameter; `undefined` when it can, or when etcd does not know it. */
export function ownerOf(key: string): Owner | undefined {
  return OWNERS.get(key);
}

const MIB = 1024 ** 2;

/**
 * A quarter of the member's memory, between 64 MiB and etcd's own default of 2 GiB. The file is mapped into memory, so
 * more would thrash or be killed; Patroni's keys with an hour of history stay in the low megabytes, so the quota is
 * there to stop whatever writes in a loop before it fills the disk.
 */
function quotaBackendBytes({ memoryKib }: EtcdMember): number {
  return Math.min(2048, Math.max(64, Math.floor(memoryKib / 1024 / 4))) * MIB;
}

/** What Matriarch says where nobody says otherwise; a topology may set these. */
export const DEFAULTS: readonly { readonly key: string; readonly value: (member: EtcdMember) => EtcdValue }[] = [
  { key: "quota-backend-bytes", value: quotaBackendBytes },
  // Without compaction the history grows until the quota stops every write. Patroni reads the present only.
  { key: "auto-compaction-mode", value: () => "periodic" },
  { key: "auto-compaction-retention", value: () => "1h" },
  // The default of 3.6. Up to so many entries stay in memory; 3.5's 100000 outgrow a small member.
  { key: "snapshot-count", value: () => 10_000 },
  { key: "tls-min-version", value: () => "TLS1.2" },
  { key: "logger", value: () => "zap" },
  { key: "log-level", value: () => "info" },
  // "default" would look for a journal.
  { key: "log-outputs", value: () => ["stderr"] },
];
