import { both, composed, edited, PATRONI, replacing } from "../edits.ts";
import type { Files, Mutant, Mutation } from "../mutant.ts";
import { broken, brokenFromTheStart, claimOf } from "./table.ts";

/** The application's password, from the bundle's own password file, as Compose takes it literally. */
function passwordIn(files: Files): string {
  const [, password] = /^\*:\*:\*:app:(.*)$/m.exec(files.get("secrets/clients/pgpass") ?? "") ?? [];
  if (password === undefined) throw new Error("the bundle has no password of app");
  return password.replace(/\\([\\:])/g, "$1").replaceAll("$", "$$$$");
}

const secretInEnvironment: Mutation = (files) =>
  composed("haproxy", (document, name) => document.setIn(["services", name, "environment"], { PGPASSWORD: passwordIn(files) }))(files);

/** What the members run on, and etcd. */
export const MEMBER_MUTANTS: readonly Mutant[] = [
  broken(
    "engine-names",
    "The nodes find each other by the engine's DNS, which forgets a member that dies",
    claimOf("reactions", "reactions-names", /does not find/),
    // The engine gives an address in whichever network two members share: replication has to be let in from there, too.
    both(
      composed("postgresql", (document, name) => document.setIn(["services", name, "extra_hosts"], [])),
      edited(PATRONI, replacing(/(replicator|rewinder)( +)[\d.]+\/32/g, "$1$2all")),
    ),
  ),
  broken(
    "root",
    "The balancer runs as root, with the capabilities of the engine's own choice",
    claimOf("access", "access-container-users", /runs as 0/),
    composed("haproxy", (document, name) => {
      document.setIn(["services", name, "user"], "0:0");
      document.setIn(["services", name, "cap_drop"], []);
    }),
  ),
  broken(
    "may-gain-privileges",
    "The pooler's programs may gain privileges",
    claimOf("access", "access-container-users", /may gain privileges/),
    composed("pgbouncer", (document, name) => document.setIn(["services", name, "security_opt"], [])),
  ),
  broken(
    "unlimited-memory",
    "The balancer may take all the memory of its machine",
    claimOf("access", "access-container-users", /memory/),
    composed("haproxy", (document, name) => {
      document.deleteIn(["services", name, "mem_limit"]);
      document.deleteIn(["services", name, "memswap_limit"]);
    }),
  ),
  broken(
    "secret-in-the-environment",
    "A password stands in a member's environment",
    claimOf("access", "access-secrets", /environment of .+ process|container inspect/),
    secretInEnvironment,
  ),
  broken(
    "published-to-everybody",
    "The ports of the nodes are published on every address of the machine",
    claimOf("services", "services-loopback", /answers at/),
    composed("postgresql", (document, name) => {
      const ports = (document.toJS() as { services: Record<string, { ports: string[] }> }).services[name]?.ports ?? [];
      document.setIn(
        ["services", name, "ports"],
        ports.map((port) => port.replace("127.0.0.1:", "0.0.0.0:")),
      );
    }),
  ),
  brokenFromTheStart(
    "wide-etcd-role",
    "Patroni's role in etcd reaches beyond its own prefix",
    claimOf("access", "access-etcd-role", /./),
    edited(/^[^/]+\/enable-auth\.sh$/, replacing(/^prefix='.*'$/m, "prefix='/'")),
  ),
];
