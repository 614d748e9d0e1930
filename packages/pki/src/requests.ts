import { allMembers, type Authority, AUTHORITIES, DAEMON_USERS, ETCD_TOKEN_KEY, type Member, type Topology } from "@matriarch/topology";
import { type AuthorityRequest, certificatePath, type Copy, type KeyPairRequest, type LeafRequest, type PkiRequests } from "./model.ts";
import { alternativeNames } from "./names.ts";
import { AUTHORITY_PROFILES, PROFILES } from "./profiles.ts";

/**
 * Folders of the `pki` folder that belong to no member. `ca` holds the keys that sign and stays with the operator;
 * `clients` holds what people and applications are given.
 */
export const RESERVED_FOLDERS = ["ca", "clients"] as const;
const [SIGNERS, CLIENTS] = RESERVED_FOLDERS;

/** What the operator shows: `client` to Patroni, HAProxy's stats and PgBouncer's console, `etcd-client` to etcd. */
export const OPERATOR_FOLDER = `${CLIENTS}/operator`;

/** What an application shows that logs in as this role. Apart from the operator's, so that a role may be called `operator`. */
export const roleFolder = (role: string): string => `${CLIENTS}/roles/${role}`;

/** Source of the pair that signs etcd's tokens: one for all members, or each would refuse the tokens of the others. */
const TOKEN_KEY: KeyPairRequest = {
  privatePath: `${SIGNERS}/etcd-${ETCD_TOKEN_KEY.private}`,
  publicPath: `${SIGNERS}/etcd-${ETCD_TOKEN_KEY.public}`,
  // Whatever `tls.key_type` says: etcd is told ES256, and this key is in no certificate.
  keyType: "ecdsa-p256",
};

const authorityPath = (authority: Authority): string => `${SIGNERS}/${AUTHORITIES[authority]}`;

function authorityRequests(topology: Topology): AuthorityRequest[] {
  return AUTHORITY_PROFILES.map(({ authority, commonName }) => ({
    authority,
    path: authorityPath(authority),
    subject: { organization: topology.scope, commonName },
    // etcd's authorities are never brought along: whom they sign must be known to Matriarch alone.
    broughtAlong: authority === "cluster" && topology.tls.ca !== "own" ? topology.tls.ca : null,
  }));
}

function authorityCopy(authority: Authority, folder: string, owner: number | null): Copy {
  return {
    from: certificatePath(authorityPath(authority)),
    to: certificatePath(`${folder}/${AUTHORITIES[authority]}`),
    kind: "authority",
    owner,
  };
}

function memberLeaves(topology: Topology, member: Member): LeafRequest[] {
  return PROFILES[member.kind].certificates.map((profile) => ({
    path: `${member.name}/${profile.name}`,
    authority: profile.authority,
    subject: { organization: topology.scope, commonName: profile.commonName(member) },
    uses: profile.uses,
    names: alternativeNames(profile.names(topology, member)),
    owner: DAEMON_USERS[member.kind].id,
  }));
}

function memberCopies(member: Member): Copy[] {
  const owner = DAEMON_USERS[member.kind].id;
  const authorities = PROFILES[member.kind].authorities.map((authority) => authorityCopy(authority, member.name, owner));
  if (member.kind !== "etcd") return authorities;
  return [
    ...authorities,
    { from: TOKEN_KEY.privatePath, to: `${member.name}/${ETCD_TOKEN_KEY.private}`, kind: "private-key", owner },
    { from: TOKEN_KEY.publicPath, to: `${member.name}/${ETCD_TOKEN_KEY.public}`, kind: "public-key", owner },
  ];
}

/** A person or an application, and what it is given. */
interface Client {
  readonly folder: string;
  /** Name in the certificate, as a SPIFFE id: a role is no host, and its name need not be one. */
  readonly id: string;
  readonly certificates: readonly { readonly name: string; readonly authority: Authority; readonly commonName: string | null }[];
}

function clientsOf(topology: Topology): Client[] {
  const operator: Client = {
    folder: OPERATOR_FOLDER,
    id: `spiffe://${topology.scope}/operator`,
    certificates: [
      { name: "client", authority: "cluster", commonName: null },
      { name: "etcd-client", authority: "etcd", commonName: null },
    ],
  };
  const roles = topology.logins.map(({ name }): Client => ({
    folder: roleFolder(name),
    id: `spiffe://${topology.scope}/role/${name}`,
    certificates: [{ name: "client", authority: "cluster", commonName: name }],
  }));
  return [operator, ...roles];
}

function clientLeaves(topology: Topology, client: Client): LeafRequest[] {
  return client.certificates.map(({ name, authority, commonName }) => ({
    path: `${client.folder}/${name}`,
    authority,
    subject: { organization: topology.scope, commonName },
    uses: ["client"],
    names: [{ kind: "uri", value: client.id }],
    owner: null,
  }));
}

/** Every authority, certificate, key pair and copy that the topology needs: members in the order of start, then clients. */
export function requestsOf(topology: Topology): PkiRequests {
  const members = allMembers(topology);
  const clients = clientsOf(topology);
  return {
    authorities: authorityRequests(topology),
    leaves: [
      ...members.flatMap((member) => memberLeaves(topology, member)),
      ...clients.flatMap((client) => clientLeaves(topology, client)),
    ],
    keyPairs: [TOKEN_KEY],
    copies: [
      ...members.flatMap(memberCopies),
      ...clients.flatMap(({ folder, certificates }) => certificates.map(({ authority }) => authorityCopy(authority, folder, null))),
    ],
  };
}
