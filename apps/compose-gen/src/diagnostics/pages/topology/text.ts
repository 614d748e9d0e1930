import type { TopologyCode } from "@matriarch/topology";
import type { Page } from "../../page.ts";

/** What the text of a topology can say wrong, and the variables that override it. */
export const TEXT_PAGES = {
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
  "unknown-override": {
    severity: ["warning"],
    cause: "A variable of the environment file looks like an override, and there is nothing that it overrides.",
    why: "After a node was renamed its port variable has another name: the old one is read no more, and the port is the default again.",
    source: "the bundle's `.env.example`, which lists every variable",
    remedy: "Take the name that the finding suggests, or remove the line.",
  },
} as const satisfies Partial<Record<TopologyCode, Page>>;
