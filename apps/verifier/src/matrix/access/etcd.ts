import { DCS_NAMESPACE, SECRETS, SERVICE_USERS } from "@matriarch/topology";
import { type Cluster, memberWith } from "../../cluster/cluster.ts";
import { environmentValue } from "../../cluster/environment.ts";
import { type EtcdClient, keyOf, withEtcd } from "../../cluster/etcd.ts";
import type { HttpsAnswer } from "../../cluster/https.ts";
import type { Probe, Sighting } from "../probe.ts";
import { type Answer, type Door, tryDoors } from "./door.ts";

const DENIED = ["403"];
/** Who has not said who it is: older versions say it in another code. */
const NOBODY = ["400", "401", "403"];

async function statusOf(asked: Promise<HttpsAnswer>): Promise<Answer> {
  const { status } = await asked;
  return status === 200 ? null : String(status);
}

async function logInAs(etcd: EtcdClient, user: string, password: string): Promise<string> {
  const token = await etcd.logIn(user, password);
  if (token === null) throw new Error(`${user} cannot log in with the password of the environment file`);
  return token;
}

function keyDoors(etcd: EtcdClient, scope: string, token: string): Door[] {
  const own = `${DCS_NAMESPACE}${scope}/`;
  const outside = [DCS_NAMESPACE, own.slice(0, -1), `${DCS_NAMESPACE}${scope}-other/leader`, "/verifier", "\0"];
  const read = (key: string, as?: string, end?: string) =>
    statusOf(etcd.call("/v3/kv/range", { key: keyOf(key), ...(end === undefined ? {} : { range_end: keyOf(end) }), limit: 1 }, as));
  const put = (key: string, as?: string) => statusOf(etcd.call("/v3/kv/put", { key: keyOf(key), value: "" }, as));
  return [
    {
      where: `etcd, outside ${own}`,
      control: () => read(`${own}leader`, token),
      attempts: [
        ...outside.map((key) => ({ who: `patroni that reads ${JSON.stringify(key)}`, refusals: DENIED, attempt: () => read(key, token) })),
        ...outside.map((key) => ({ who: `patroni that writes ${JSON.stringify(key)}`, refusals: DENIED, attempt: () => put(key, token) })),
        { who: "patroni that reads everything", refusals: DENIED, attempt: () => read("\0", token, "\0") },
      ],
    },
    {
      where: `etcd, inside ${own}`,
      control: () => read(`${own}leader`, token),
      attempts: [
        { who: "a certificate without a user that reads", refusals: NOBODY, attempt: () => read(`${own}leader`) },
        { who: "a certificate without a user that writes", refusals: NOBODY, attempt: () => put(`${own}verifier`) },
        { who: "a token that nobody was given", refusals: ["401"], attempt: () => read(`${own}leader`, "no-such-token") },
      ],
    },
  ];
}

/** What only root may do. */
function adminDoor(etcd: EtcdClient, patroni: string, root: string): Door {
  const user = { name: "made-by-access", password: "made-by-access" };
  const administer = [
    ["lists the users", "/v3/auth/user/list", {}],
    ["makes a user", "/v3/auth/user/add", user],
    ["gives itself the role root", "/v3/auth/user/grant", { user: SERVICE_USERS.etcdPatroni, role: SERVICE_USERS.etcdRoot }],
    ["switches authentication off", "/v3/auth/disable", {}],
  ] as const;
  return {
    where: "etcd's administration",
    control: () => statusOf(etcd.call("/v3/auth/user/list", {}, root)),
    attempts: administer.map(([what, path, body]) => ({
      who: `patroni that ${what}`,
      refusals: DENIED,
      attempt: () => statusOf(etcd.call(path, body, patroni)),
    })),
  };
}

function loginDoor(etcd: EtcdClient, user: string, right: string, other: string): Door {
  const logIn = (password: string) => statusOf(etcd.call("/v3/auth/authenticate", { name: user, password }));
  return {
    where: `etcd, as ${user}`,
    control: () => logIn(right),
    attempts: [
      { who: "a wrong password", refusals: ["400"], attempt: () => logIn("wrong") },
      { who: "the password of the other user", refusals: ["400"], attempt: () => logIn(other) },
    ],
  };
}

/** The users of etcd, logged in: their tokens and passwords. */
interface Users {
  readonly token: Readonly<Record<"root" | "patroni", string>>;
  readonly password: Readonly<Record<"root" | "patroni", string>>;
}

async function tryAt(cluster: Cluster, doorsOf: (etcd: EtcdClient, users: Users) => readonly Door[]): Promise<Sighting> {
  const password = {
    root: await environmentValue(cluster.facts, SECRETS.etcdRoot.variable),
    patroni: await environmentValue(cluster.facts, SECRETS.etcdPatroni.variable),
  };
  return withEtcd(cluster, memberWith(cluster.facts, "etcd"), async (etcd) => {
    const token = {
      root: await logInAs(etcd, SERVICE_USERS.etcdRoot, password.root),
      patroni: await logInAs(etcd, SERVICE_USERS.etcdPatroni, password.patroni),
    };
    return tryDoors(doorsOf(etcd, { token, password }));
  });
}

export const prefix: Probe = {
  id: "etcd-prefix",
  text: "patroni reads and writes below its own prefix, and nothing else; a certificate alone reads nothing.",
  look: (cluster) => tryAt(cluster, (etcd, { token }) => keyDoors(etcd, cluster.facts.scope, token.patroni)),
};

const role: Probe = {
  id: "access-etcd-role",
  text: "patroni reads and writes below its own prefix and administers nothing, a certificate alone does nothing, and a wrong password opens nothing.",
  look: (cluster) =>
    tryAt(cluster, (etcd, { token, password }) => [
      ...keyDoors(etcd, cluster.facts.scope, token.patroni),
      adminDoor(etcd, token.patroni, token.root),
      loginDoor(etcd, SERVICE_USERS.etcdPatroni, password.patroni, password.root),
      loginDoor(etcd, SERVICE_USERS.etcdRoot, password.root, password.patroni),
    ]),
};

/** What must not be opened here. */
export const etcdAccess: readonly Probe[] = [role];
