import { AUTHORITIES } from "@matriarch/topology";
import { foreignKeyPair, keyPairOf } from "../../cluster/authority.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import { type KeyPair, OPERATOR, OPERATOR_AT_ETCD } from "../../cluster/identity.ts";
import type { Probe } from "../probe.ts";
import { type Door, tryDoors } from "./door.ts";
import { directServices, type Keeper, type Knock, type Place, placesOf, REFUSED_BY_HBA, REFUSED_BY_POOLER } from "./places.ts";

/** Alerts of TLS. A server says more or less exactly what it minds. */
const NONE_SHOWN = ["alert CERTIFICATE_REQUIRED"];
const UNKNOWN_AUTHORITY = ["alert UNKNOWN_CA", "alert BAD_CERTIFICATE"];
const OUT_OF_TIME = ["alert CERTIFICATE_EXPIRED", "alert BAD_CERTIFICATE"];
/** Node's one code for a handshake that ends before a version of TLS was agreed on. */
const OLD_TLS = ["EPROTO", "alert PROTOCOL_VERSION"];
/** What this side says of a server that does not prove who it is. */
const UNTRUSTED = ["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"];
const OTHER_NAME = ["ERR_TLS_CERT_ALTNAME_INVALID"];

/** What each keeper answers who speaks no TLS. */
const PLAIN: Record<Keeper, readonly string[]> = {
  postgresql: [REFUSED_BY_HBA],
  pgbouncer: [REFUSED_BY_POOLER],
  // TLS that begins with `GET` is no TLS: the connection is cut, or told so in plain text.
  patroni: ["ECONNRESET"],
  etcd: ["ECONNRESET", "400"],
  etcdPeer: ["ECONNRESET", "400"],
  statistics: ["ECONNRESET", "400"],
};

/** The authority whose certificates a keeper takes; the statistics ask for none. */
const TRUSTS: Record<Keeper, keyof typeof AUTHORITIES | null> = {
  postgresql: "cluster",
  pgbouncer: "cluster",
  patroni: "cluster",
  etcd: "etcd",
  etcdPeer: "etcdPeer",
  statistics: null,
};

/** Whether a keeper wants a certificate whatever the switch for clients says. */
const ALWAYS: readonly Keeper[] = ["etcd", "etcdPeer"];

interface Credential {
  readonly who: string;
  readonly identity: KeyPair | typeof OPERATOR | null;
  readonly refusals: readonly string[];
}

interface Papers {
  /** Made like the others, and right: it has to be taken. `null` where none can be made. */
  readonly valid: KeyPair | null;
  readonly foreign: KeyPair;
  readonly untimely: readonly Credential[];
}

/** Papers that are wrong in one way are right in every other. */
async function papersFor(cluster: Cluster, authority: keyof typeof AUTHORITIES): Promise<Papers> {
  const role = cluster.facts.services.get(directServices(cluster)[0] ?? "")?.["user"] ?? "";
  // With a CN etcd's gateway refuses whoever it is, for another reason.
  const subject = authority === "cluster" ? `/O=${cluster.facts.scope}/CN=${role}` : `/O=${cluster.facts.scope}`;
  const make = (from: number, until: number) => keyPairOf(cluster.facts, AUTHORITIES[authority], { subject, from, until });
  const spans = [
    { who: "an expired certificate", from: -3, until: -1 },
    { who: "a certificate that is not valid yet", from: 1, until: 3 },
  ];
  const untimely = await Promise.all(spans.map(async ({ who, from, until }) => ({ who, identity: await make(from, until) })));
  return {
    valid: await make(-1, 1),
    foreign: await foreignKeyPair(subject),
    untimely: untimely.flatMap(({ who, identity }) => (identity === null ? [] : [{ who, identity, refusals: OUT_OF_TIME }])),
  };
}

function credentialsAt(cluster: Cluster, keeper: Keeper, { foreign, untimely }: Papers): Credential[] {
  const wanted = cluster.facts.clientCertificates || ALWAYS.includes(keeper);
  const none = { who: "a client without a certificate", identity: null, refusals: keeper === "postgresql" ? [REFUSED_BY_HBA] : NONE_SHOWN };
  const other = TRUSTS[keeper] === "cluster" ? OPERATOR_AT_ETCD : OPERATOR;
  return [
    ...(wanted ? [none] : []),
    { who: "a certificate of an authority that nobody knows", identity: foreign, refusals: UNKNOWN_AUTHORITY },
    { who: "a certificate of the cluster's other authority", identity: other, refusals: UNKNOWN_AUTHORITY },
    ...untimely,
  ];
}

/** A place as a door: each attempt differs from the control in its knock alone. */
function doorAt(
  { where, knock }: Place,
  attempts: readonly { who: string; knock: Knock; refusals: readonly string[] }[],
  control: Knock = {},
): Door {
  return {
    where,
    control: () => knock(control),
    attempts: attempts.map((attempt) => ({ who: attempt.who, refusals: attempt.refusals, attempt: () => knock(attempt.knock) })),
  };
}

const clients: Probe = {
  id: "access-certificates",
  text: "No port takes a client without a certificate where one is wanted, nor one of another authority, expired or not yet valid.",
  look: async (cluster) => {
    const papers = {
      cluster: await papersFor(cluster, "cluster"),
      etcd: await papersFor(cluster, "etcd"),
      etcdPeer: await papersFor(cluster, "etcdPeer"),
    };
    const doors = (await placesOf(cluster)).flatMap((place) => {
      const authority = TRUSTS[place.keeper];
      if (authority === null) return [];
      const { [authority]: shown } = papers;
      const attempts = credentialsAt(cluster, place.keeper, shown).map(({ who, identity, refusals }) => ({
        who,
        knock: { identity },
        refusals,
      }));
      return [doorAt(place, attempts, shown.valid === null ? {} : { identity: shown.valid })];
    });
    return tryDoors(doors);
  },
};

const servers: Probe = {
  id: "access-server-certificates",
  text: "Every port proves its own name and no other, by the authority that its clients trust and by no other.",
  look: async (cluster) =>
    tryDoors(
      (await placesOf(cluster)).map((place) => {
        const stranger = TRUSTS[place.keeper] === "etcd" ? "cluster" : "etcd";
        return doorAt(place, [
          { who: "a server of another name", knock: { serverName: "server.example" }, refusals: OTHER_NAME },
          { who: "a server of another authority", knock: { authority: `pki/ca/${AUTHORITIES[stranger]}.crt` }, refusals: UNTRUSTED },
        ]);
      }),
    ),
};

const versions: Probe = {
  id: "access-tls-versions",
  text: "No port speaks TLS older than 1.2.",
  look: async (cluster) =>
    tryDoors(
      (await placesOf(cluster)).map((place) =>
        doorAt(place, [{ who: "a client that knows TLS 1.1 only", knock: { newestTls: "TLSv1.1" }, refusals: OLD_TLS }], {
          newestTls: "TLSv1.2",
        }),
      ),
    ),
};

const plaintext: Probe = {
  id: "access-plaintext",
  text: "No port serves a client that does not encrypt.",
  look: async (cluster) =>
    tryDoors(
      (await placesOf(cluster)).map((place) =>
        doorAt(place, [{ who: "plain text", knock: { encrypted: false }, refusals: PLAIN[place.keeper] }]),
      ),
    ),
};

/** What must not be opened here. */
export const tls: readonly Probe[] = [plaintext, versions, servers, clients];
