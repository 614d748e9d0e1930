import type { ChangeCode } from "../../change/codes.ts";
import type { Page } from "../page.ts";

const WAY = "docs/changing-a-cluster.md";

/** What a bundle's folder and what was applied from it forbid. Each is an error: nothing is written. */
export const CHANGE_PAGES: Readonly<Record<ChangeCode, Page>> = {
  "data-left-behind": {
    severity: ["error"],
    cause: "A PostgreSQL node that has data would go, be renamed, or lose its role.",
    why: "Its volume would be mounted by nobody. Where it was the primary's, the cluster would come up without what it had.",
    source: `${WAY}; immich PR#4906 and mailcow#1277 are such losses`,
    remedy: "Keep the node under its name. To take it out, say `./cluster forget NODE` first, then take it out of the topology and render.",
  },
  "only-copy": {
    severity: ["error"],
    cause:
      "The node that would go is the only one with data, the only one that may be promoted, or without it only one could be synchronous.",
    why: "Nodes that are new have nothing yet. Until they have copied everything, this one is what the data depends on.",
    source: WAY,
    remedy: "Add the new nodes first and wait until they follow (`./cluster status`); then take this one out.",
  },
  "etcd-members-changed": {
    severity: ["error"],
    cause: "etcd's members in the topology are not those that run.",
    why: "etcd's members are kept in its own data: new ones form another cluster (`cluster ID mismatch`), and PostgreSQL stops on all nodes.",
    source: "etcd 3.5, op-guide/runtime-configuration; etcd#8847, kubespray#270",
    remedy: "Keep the members. To have others, dump the data and restore it into a new cluster: docs/changing-a-cluster.md.",
  },
  "identity-changed": {
    severity: ["error"],
    cause: "The ledger gives a member another name or volume than it was started with.",
    why: "Patroni and etcd would take it for another member, or it would start on an empty volume.",
    source: WAY,
    remedy: "Put back the ledger of the last start: `cp .applied/ledger.json ledger.json`.",
  },
  "networks-changed": {
    severity: ["error"],
    cause: "A network or a member's address would change while the cluster runs.",
    why: "The engine cannot change a network that containers are in: all would be stopped, and not all would start again.",
    source: "docker/compose#5416",
    remedy: "`./cluster down` (the data stays), render again, `./cluster up`.",
  },
  "cluster-renamed": {
    severity: ["error"],
    cause: "The topology's `cluster` (or `SCOPE` in `.env`) is not the name of the cluster that has data here.",
    why: "Volumes, Patroni's keys in etcd and containers carry the name: another cluster would start beside this one, empty, and find its ports taken.",
    source: "Patroni documentation, scope; compose specification, name",
    remedy: "Keep the name. For a cluster of its own choose another folder; to move the data to another name, dump and restore it.",
  },
  "another-cluster": {
    severity: ["error"],
    cause: "The folder holds the bundle of another cluster.",
    why: "Both would share keys, authorities and passwords: who has one cluster has the other.",
    source: WAY,
    remedy: "Choose another folder with `--out`, or remove this one where it is not needed.",
  },
  "ledger-missing": {
    severity: ["error"],
    cause: "The cluster has data, and `ledger.json` is not there.",
    why: "It says which name, volume and address each member was given. Counted again, they could be another member's.",
    source: WAY,
    remedy: "Put it back from your copy, or from the last start's: `cp .applied/ledger.json ledger.json`.",
  },
  "ledger-unreadable": {
    severity: ["error"],
    cause: "`ledger.json` is damaged, or is not Matriarch's.",
    why: "It says which name, volume and address each member was given.",
    source: WAY,
    remedy: "Put it back from your copy, or from the last start's: `cp .applied/ledger.json ledger.json`.",
  },
  "applied-unreadable": {
    severity: ["error"],
    cause: "`.applied/members.json` is damaged: what runs is not known.",
    why: "Without it nobody can tell what a change would leave behind.",
    source: WAY,
    remedy: "Put it back from a copy of the folder; where `rendered/current` is what runs, `cp rendered/current/members.json .applied/`.",
  },
  "older-bundle-unclear": {
    severity: ["error"],
    cause: "An older Matriarch started this cluster, and something else has been rendered since.",
    why: "That version kept no record of what it applied: it is read from what is rendered, and here the two differ.",
    source: WAY,
    remedy: "Render and `./cluster up` once more with the older version, then render with this one.",
  },
};
