import { bytesOfLsn } from "../../checks/loss.ts";
import type { BundleMember } from "../../cluster/bundle.ts";
import { forkOf, primaryOf } from "../../cluster/nodes.ts";
import { type Operation, only } from "../../history/operation.ts";
import type { Server } from "../../history/event.ts";
import type { Proof } from "./proof.ts";

function at(targets: readonly BundleMember[], place: number): string {
  const name = targets[place]?.name;
  if (name === undefined) throw new Error(`the fault has no target number ${place + 1}`);
  return name;
}

/** What every primary answered, by whom. */
function byPrimaries(operations: readonly Operation[]): readonly Server[] {
  return operations.flatMap(({ phase, server }) => (phase === "ok" && server?.role === "primary" ? [server] : []));
}

/** Nobody took over, and PostgreSQL was not started anew. */
export const PRIMARY_STAYS: Proof = {
  kind: "stays",
  text: "The primary keeps its role, on its timeline: nobody takes over.",
  look: async ({ operations }) => {
    const answers = byPrimaries(operations);
    const lives = new Set(answers.map(({ node, timeline }) => `${node} on timeline ${timeline}`));
    const wrong = lives.size > 1 ? [`there were several primaries: ${[...lives].join(", ")}`] : [];
    return { wrong, evidence: { answers: answers.length } };
  },
};

/** Targets are the primary and whoever is meant to follow it. */
export const CANDIDATE_LEADS: Proof = {
  kind: "candidate",
  text: "The node that was meant to is the primary afterwards.",
  look: async ({ cluster, targets }) => {
    const { name } = await primaryOf(cluster);
    const meant = at(targets, 1);
    return { wrong: name === meant ? [] : [`${name} is the primary, not ${meant}`], evidence: { primaries: 1 } };
  },
};

/** Targets are the primary and its standby that lacks acknowledged writes. */
export const STALE_STANDBY_WAITS: Proof = {
  kind: "stale",
  text: "The standby that lacks acknowledged writes is never the primary.",
  look: async ({ operations, targets }) => {
    const stale = at(targets, 1);
    const answers = byPrimaries(operations);
    const times = answers.filter(({ node }) => node === stale).length;
    return { wrong: times === 0 ? [] : [`${stale} answered ${times} times as the primary`], evidence: { answers: answers.length } };
  },
};

/** Whoever is never to be promoted was not. */
export const REMOTE_WAITS: Proof = {
  kind: "remote",
  text: "No node is the primary that is never to be promoted.",
  look: async ({ cluster, operations }) => {
    const { neverPromoted } = cluster.facts.promises.replication;
    const answers = byPrimaries(operations);
    const promoted = new Set(answers.map(({ node }) => node).filter((node) => neverPromoted.includes(node)));
    return { wrong: [...promoted].map((node) => `${node} answered as the primary`), evidence: { answers: answers.length } };
  },
};

/** The first target had gone on alone. */
export const REWOUND: Proof = {
  kind: "rewound",
  text: "The old primary, which has WAL that nobody else has, rejoins by pg_rewind.",
  look: async ({ cluster, targets: [old], since }) => {
    if (!old) throw new Error("the fault has no target");
    const rewound = (await cluster.logs(old, since)).includes("running pg_rewind from ");
    return { wrong: rewound ? [] : [`the log of ${old.name} tells of no pg_rewind`], evidence: { logs: 1 } };
  },
};

/** Rows behind the place at which the new timeline left the old one: they cannot be anywhere. */
export const UNACKNOWLEDGED_GONE: Proof = {
  kind: "gone",
  text: "What the old primary alone had, and never acknowledged, is on no node afterwards.",
  look: async ({ cluster, targets, operations }) => {
    const fork = bytesOfLsn(await forkOf(cluster, await primaryOf(cluster)));
    const old = at(targets, 0);
    const before = Math.min(...byPrimaries(operations).map(({ timeline }) => timeline ?? Infinity));
    const beyond = only(operations, "add").filter(
      ({ phase, server }) => phase === "info" && server?.node === old && server.timeline === before && bytesOfLsn(server.lsn) >= fork,
    );
    const values = new Set(only(operations, "read-set").flatMap(({ result }) => result ?? []));
    const there = beyond.filter(({ value }) => values.has(value));
    return { wrong: there.map(({ value }) => `${value} is there, which only ${old} ever had`), evidence: { rows: beyond.length } };
  },
};
