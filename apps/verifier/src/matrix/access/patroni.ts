import { PORTS, SECRETS, SERVICE_USERS } from "@matriarch/topology";
import type { BundleMember } from "../../cluster/bundle.ts";
import { type Cluster, membersWith, publishedPort } from "../../cluster/cluster.ts";
import { environmentValue, passwordsIn } from "../../cluster/environment.ts";
import type { HttpsRequest } from "../../cluster/https.ts";
import { OPERATOR } from "../../cluster/identity.ts";
import { askPatroni } from "../../cluster/patroni.ts";
import type { Probe, Sighting } from "../probe.ts";
import { type Door, together, tryDoors } from "./door.ts";
import { statusOf } from "./places.ts";

/** What changes something, with bodies that change nothing where the request is granted against all expectation. */
const CHANGES: readonly Pick<HttpsRequest, "method" | "path" | "body">[] = [
  { method: "POST", path: "/reload", body: {} },
  { method: "PATCH", path: "/config", body: {} },
  { method: "PUT", path: "/config", body: {} },
  { method: "POST", path: "/switchover", body: {} },
  { method: "POST", path: "/failover", body: {} },
  { method: "DELETE", path: "/switchover" },
  { method: "POST", path: "/restart", body: { role: "nobody" } },
  { method: "DELETE", path: "/restart" },
  { method: "POST", path: "/reinitialize", body: [] },
];

const UNAUTHORIZED = ["401"];
/** Where only changes want a certificate it is HTTP that refuses, else TLS. */
const WITHOUT_CERTIFICATE = ["403", "alert CERTIFICATE_REQUIRED"];

const READS = ["/", "/config", "/cluster", "/patroni", "/metrics", "/history", "/health", "/liveness", "/readiness", "/failsafe"];

function doorAt(cluster: Cluster, node: BundleMember, password: string): Door {
  const port = publishedPort(node, PORTS.patroni);
  const user = SERVICE_USERS.patroniRest;
  const ask = (asked: Omit<HttpsRequest, "port" | "identity"> & Partial<Pick<HttpsRequest, "identity">>) =>
    statusOf(cluster, { port, identity: OPERATOR, ...asked });
  return {
    where: `Patroni's API on ${node.name}`,
    control: () => ask({ method: "POST", path: "/reload", body: {}, credentials: { user, password } }),
    attempts: CHANGES.flatMap((change) => {
      const name = `${change.method} ${change.path}`;
      return [
        { who: `${name} without a password`, refusals: UNAUTHORIZED, attempt: () => ask(change) },
        {
          who: `${name} with a wrong password`,
          refusals: UNAUTHORIZED,
          attempt: () => ask({ ...change, credentials: { user, password: "wrong" } }),
        },
        {
          who: `${name} without a certificate`,
          refusals: WITHOUT_CERTIFICATE,
          attempt: () => ask({ ...change, identity: null, credentials: { user, password } }),
        },
      ];
    }),
  };
}

/** Everything that can be read holds the cluster's name somewhere, and no password anywhere. */
async function readable(cluster: Cluster, node: BundleMember): Promise<Sighting> {
  const answers = await Promise.all(READS.map(async (path) => ({ path, body: (await askPatroni(cluster, node, { path })).body })));
  const passwords = [...(await passwordsIn(cluster.facts))];
  if (!answers.some(({ body }) => body.includes(cluster.facts.scope)))
    throw new Error(`nothing that ${node.name} tells has the cluster's name`);
  return {
    wrong: answers.flatMap(({ path, body }) =>
      passwords.filter(([, password]) => body.includes(password)).map(([variable]) => `GET ${path} of ${node.name} tells ${variable}`),
    ),
    evidence: { answers: answers.length },
  };
}

const rest: Probe = {
  id: "access-patroni-rest",
  text: "Nothing is changed through Patroni's API without the password and a certificate, and nothing it tells is a secret.",
  look: async (cluster) => {
    const password = await environmentValue(cluster.facts, SECRETS.patroniRest.variable);
    const nodes = membersWith(cluster.facts, "postgresql");
    const doors = await tryDoors(nodes.map((node) => doorAt(cluster, node, password)));
    return together([doors, ...(await Promise.all(nodes.map((node) => readable(cluster, node))))]);
  },
};

/** What must not be opened here. */
export const patroniAccess: readonly Probe[] = [rest];
