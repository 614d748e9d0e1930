/** What Matriarch has to do. */
interface Requirement {
  readonly text: string;
  /** What holds it besides scenarios, and tests that begin with its id. */
  readonly heldBy?: string;
  /** Nothing holds it yet. */
  readonly isOpen?: true;
}

/**
 * Every requirement, by the id that scenarios and the names of tests cite: A, the cluster in two datacenters; B, the one on hosts
 * without etcd; C, what it is made of; D, what goes beyond; E, changes of a running cluster; F, failover before the lease has ended.
 */
const ALL = {
  A1: { text: "The reference is eight containers, each confined, and the data outlives them.", heldBy: "golden `compose.yaml`" },
  A2: { text: "It spans two datacenters, and the remote node is not promoted while the other has a candidate." },
  A3: { text: "etcd speaks mutual TLS only, knows its users, and lets each no further than its own prefix." },
  A4: { text: "Patroni's API is behind TLS; to change anything takes a client certificate and a password." },
  A5: { text: "HAProxy is the one way in: writes to the primary, reads to replicas that are fit, statistics behind a login." },
  A6: { text: "PostgreSQL knows the client's own address, in its log, its views and pg_hba.", isOpen: true },
  A7: { text: "HAProxy can end TLS and begin it anew towards PostgreSQL.", isOpen: true },
  A8: { text: "PgBouncer pools behind TLS on both sides; an alias of each database leads to the primary, another to replicas." },
  A9: {
    text: "Everything that crosses a network is encrypted, and whoever answers is verified.",
    heldBy: "unit tests of `pki`: names and uses of each leaf",
  },
  A10: { text: "One switch decides whether clients must present a certificate, everywhere." },
  A11: { text: "Each component has credentials of its own, kept in the environment file and in its own overlay, and nowhere else." },
  A12: { text: "The superuser is accepted from its own node, and from nowhere else.", heldBy: "`patroni-config` simulates pg_hba" },
  A13: { text: "Operators reach the nodes by SSH, with keys that each build makes anew.", isOpen: true },
  A14: { text: "The images can be made from Red Hat's UBI 8, as from Debian.", isOpen: true },
  A15: { text: "Without etcd's quorum nobody takes writes, and reads go on; or failsafe, where a topology asks for it." },
  A16: {
    text: "Variables of the environment file choose ports, names, passwords and the switch for certificates.",
    heldBy: "tests of `topology/src/overrides`",
  },
  A17: { text: "One command installs the tools, one makes everything anew, one tests all of it.", heldBy: "the set-up of the live tests" },
  A18: { text: "A matrix looks at every component, and at the whole after a real switchover and failover." },
  A19: { text: "Every run leaves a report." },
  B1: { text: "PostgreSQL on three hosts, with Patroni's own RAFT in place of etcd.", isOpen: true },
  B2: { text: "Two hosts balance and pool.", isOpen: true },
  B3: { text: "One address stands before both, and moves when one dies.", isOpen: true },
  B4: { text: "The pooler authenticates by SCRAM, pools transactions, and goes through the common address.", isOpen: true },
  B5: { text: "pgvector is installed, created, and asked for a nearest neighbour.", isOpen: true },
  B6: { text: "Daemons are native packages under systemd, started one after the other.", isOpen: true },
  B7: { text: "Credentials are generated or asked for once, and never changed by another run.", isOpen: true },
  B8: { text: "The hosts come from a table.", isOpen: true },
  B9: { text: "What a host lacks is said before anything is done to it.", isOpen: true },
  B10: { text: "One command does every step, each step can be done alone, and doing it again changes nothing.", isOpen: true },
  B11: { text: "One report says how everything is.", isOpen: true },
  C1: { text: "The repository is one workspace of packages and apps.", heldBy: "`pnpm check`" },
  C2: {
    text: "Each package is a pure renderer that can be used alone, and knows no other.",
    heldBy: "`scripts/architecture`; `scripts/packed`, from tarballs; each README's example",
  },
  C3: { text: "compose-gen assembles them into a bundle.", heldBy: "goldens of `apps/compose-gen`; `compose.checker`" },
  C4: { text: "The verifier drives a live cluster.", heldBy: "its own suites and self-test" },
  C5: {
    text: "The stack is what was agreed on, and documentation is run.",
    heldBy: "package manifests; `scripts/examples`, `scripts/reference`",
  },
  D1: {
    text: "What cannot work is refused before anything is written, with code, place and remedy.",
    heldBy: "each rule's tests, and its page's examples",
  },
  D2: {
    text: "Outages and losses are predicted from the topology, and measured against that.",
    heldBy: "tests of `topology/src/predict`; goldens `promises.json`; [outages.md](outages.md)",
  },
  D3: { text: "No acknowledged write is lost, and two primaries never both acknowledge." },
  D4: {
    text: "The same input gives the same bytes, and no secret is in what is rendered.",
    heldBy: "property tests of every renderer; `compose.checker`",
  },
  D5: { text: "One topology serves one machine and many.", isOpen: true },
  E1: { text: "A member keeps its identity, and no change leaves data behind unseen.", heldBy: "tests of `topology/src/ledger`" },
  E2: { text: "A plan names each change, what it costs, and in which order it is done.", isOpen: true },
  E3: { text: "A plan is carried out member by member, and goes on where it was stopped.", isOpen: true },
  E4: { text: "Members of every kind come and go under load.", isOpen: true },
  E5: { text: "Parameters that take a restart are changed in the order that standbys need.", isOpen: true },
  E6: { text: "Passwords, certificates and authorities are rotated while the cluster runs.", isOpen: true },
  E7: { text: "New packages are rolled out, and the age of what runs is shown.", isOpen: true },
  E8: { text: "Clients of the pooler notice a planned switchover as a pause, and no more.", isOpen: true },
  E9: { text: "Every class of change is tried under load, its outage predicted and measured.", isOpen: true },
  F1: { text: "A primary that has gone silent is succeeded before its lease ends, without a loss.", isOpen: true },
  F2: { text: "A crash of the postmaster is noticed at once.", isOpen: true },
  F3: { text: "An orderly stop of the primary costs what a switchover costs.", isOpen: true },
  F4: { text: "That this is safe is shown on a model, and on the live cluster.", isOpen: true },
} as const satisfies Readonly<Record<string, Requirement>>;

/** An id that a scenario or a test may cite. */
export type RequirementId = keyof typeof ALL;

export const REQUIREMENTS: Readonly<Record<RequirementId, Requirement>> = ALL;
