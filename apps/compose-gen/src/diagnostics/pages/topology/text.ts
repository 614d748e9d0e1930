import type { TopologyCode } from "@matriarch/topology";
import type { Page } from "../../page.ts";

/** What the text of a topology can say wrong, and the variables that override it. */
export const TEXT_PAGES = {
  "wrong-encoding": {
    severity: ["error"],
    cause: "The topology or the environment file holds a byte that is not UTF-8.",
    why: "The file was saved in Latin-1, Windows-1252 or UTF-16. Read as UTF-8, a letter such as `é` would silently become another one: a password would not be the one that was written, and the file would be damaged when it is completed.",
    source: "RFC 3629",
    remedy: "Save the file as UTF-8, or convert it: `iconv -f LATIN1 -t UTF-8 .env > new`. Until then it stays byte for byte as it is.",
  },
  "too-large": {
    severity: ["error"],
    cause: "The topology or the environment file is larger than 1 MiB.",
    why: "No cluster needs that much, so another file was named by mistake: a dump, a log, a device that never ends.",
    source: "the largest topology that is measured (500 nodes) has 50 KiB",
    remedy: "Name the right file.",
  },
  "yaml-syntax": {
    severity: ["error"],
    cause: "The file is no YAML, or holds what a topology cannot hold.",
    why: "What cannot be read cannot be checked, so nothing else is reported. Anchors, tags and several documents are refused as well: two readers of YAML do not agree on them.",
    source: "YAML 1.2.2; the parser's own message is part of the finding",
    remedy: "Mend the line that is named; an editor with the JSON Schema (`compose-gen schema`) shows the place.",
    example: { before: "cluster: [shop\nnodes: {}", after: "cluster: shop\nnodes: { n: [etcd, postgresql, haproxy] }" },
  },
  "duplicate-key": {
    severity: ["error"],
    cause: "A mapping has the same key twice.",
    why: "Readers of YAML take the first, the last, or refuse; which of the two was meant only the writer knows.",
    source: "YAML 1.2.2, 3.2.1.3: keys are unique",
    remedy: "Keep one of them.",
    example: {
      before: "cluster: shop\ncluster: shop2\nnodes: { n: [etcd, postgresql, haproxy] }",
      after: "cluster: shop\nnodes: { n: [etcd, postgresql, haproxy] }",
    },
  },
  "unknown-key": {
    severity: ["error"],
    cause: "The topology has a key that means nothing.",
    why: "A key that is passed over without a word leaves a cluster that is not the one that was written down.",
    source: "the schema (`compose-gen schema`)",
    remedy: "Take the name that the finding suggests, or remove the key.",
    example: { before: "replicaton: { mode: quorum }", after: "replication: { mode: quorum }" },
  },
  "missing-key": {
    severity: ["error"],
    cause: "A key that has no default is not there.",
    why: "Matriarch guesses no names and no nodes.",
    source: "the schema (`compose-gen schema`)",
    remedy: "Add the key; the hint says what it is.",
    example: {
      before: "cluster: shop",
      after: "cluster: shop\nnodes: { n: [etcd, postgresql, haproxy] }",
    },
  },
  "invalid-value": {
    severity: ["error"],
    cause: "A value is of another kind, or outside what is allowed.",
    why: "It would reach a daemon that refuses it, or silently takes its own default.",
    source: "the schema (`compose-gen schema`)",
    remedy: "Write what the message asks for.",
    example: { before: "timing: quick", after: "timing: fast" },
  },
  "invalid-override": {
    severity: ["error"],
    cause: "A variable of the environment file overrides something with a value that is not allowed there.",
    why: "The value takes the place of one in the topology, and is held to the same rules.",
    source: "the bundle's `.env.example`, which lists every variable",
    remedy: "Correct the value in the environment file; a blank one leaves the topology's.",
  },
  "unknown-variable": {
    severity: ["warning"],
    cause: "A variable of the environment file looks like one of Matriarch's, and nothing reads it.",
    why: "A slip (`ROLE_APPP_PASSWORD`) leaves the right variable blank, so that a password is generated and the one that was written opens nothing. After a node or a role was renamed its variable has another name: the old one is read no more. It is a warning, because a role that is gone leaves its password behind, and because the file may hold variables of yours: those are passed over, unless they are within two letters of a name that is read.",
    source: "the bundle's `.env.example`, which lists every variable",
    remedy: "Take the name that the finding suggests, or remove the line.",
  },
} as const satisfies Partial<Record<TopologyCode, Page>>;
