import { type Cluster, membersWith } from "../cluster/cluster.ts";
import { localQuery, primaryOf, standbysOf } from "../cluster/nodes.ts";
import type { Component, Probe } from "./probe.ts";
import { asShown } from "./setting.ts";

function nodesOf({ facts }: Cluster) {
  return membersWith(facts, "postgresql");
}

interface Shown {
  readonly setting: string;
  readonly unit: string | null;
}

async function shownSettings(cluster: Cluster, node: Parameters<typeof localQuery>[1]): Promise<ReadonlyMap<string, Shown>> {
  // What a session starts with: on a socket `setting` shows other keepalives. pg_settings leaves out what no module has declared, such as the node's own name.
  const own = [...(cluster.facts.parameters.get(node.name)?.keys() ?? [])].filter((name) => name.includes("."));
  const undeclared = own.map((name) => `UNION SELECT '${name}', current_setting('${name}', true), NULL`).join(" ");
  const text = `SELECT json_build_array(name, setting, unit) FROM (SELECT name, reset_val AS setting, unit FROM pg_settings ${undeclared}) AS shown`;
  const rows = await localQuery(cluster, node, text);
  return new Map(
    rows.map((row) => {
      const [name, setting, unit] = JSON.parse(row) as [string, string, string | null];
      return [name.toLowerCase(), { setting, unit }];
    }),
  );
}

const settings: Probe = {
  id: "postgresql-settings",
  text: "Every rendered setting is in force on every node, and none waits for a restart.",
  look: async (cluster) => {
    const wrong: string[] = [];
    let seen = 0;
    for (const node of nodesOf(cluster)) {
      const shown = await shownSettings(cluster, node);
      for (const [name, value] of cluster.facts.parameters.get(node.name) ?? []) {
        const inForce = shown.get(name.toLowerCase());
        const meant = asShown(value, inForce?.unit ?? null);
        seen += 1;
        if (inForce?.setting !== meant) wrong.push(`${node.name}: ${name} is ${inForce?.setting ?? "unknown"}, not ${meant}`);
      }
      const errors = await localQuery(cluster, node, "SELECT name || ': ' || error FROM pg_file_settings WHERE error IS NOT NULL");
      const pending = await localQuery(cluster, node, "SELECT name FROM pg_settings WHERE pending_restart");
      wrong.push(...errors.map((row) => `${node.name}: ${row}`), ...pending.map((name) => `${node.name}: ${name} waits for a restart`));
    }
    return { wrong, evidence: { settings: seen } };
  },
};

const streaming: Probe = {
  id: "postgresql-streaming",
  text: "Every other node streams from the primary, and as many of them synchronously as was promised.",
  look: async (cluster) => {
    const primary = await primaryOf(cluster);
    const standbys = await standbysOf(cluster, primary);
    const others = nodesOf(cluster).filter((node) => node !== primary);
    const synchronous = standbys.filter(({ syncState }) => ["sync", "quorum"].includes(syncState)).length;
    const wanted = cluster.facts.replication === "synchronous" ? cluster.facts.promises.replication.synchronousStandbys : 0;
    return {
      wrong: [
        ...others
          .filter(({ name }) => !standbys.some((standby) => standby.name === name && standby.state === "streaming"))
          .map(({ name }) => `${name} does not stream from ${primary.name}`),
        ...(synchronous >= wanted ? [] : [`${synchronous} standbys are synchronous, of ${wanted}`]),
      ],
      evidence: { standbys: standbys.length, synchronous },
    };
  },
};

const slots: Probe = {
  id: "postgresql-slots",
  text: "The primary keeps an active slot for each other node, and no slot has lost WAL.",
  look: async (cluster) => {
    const primary = await primaryOf(cluster);
    const rows = await localQuery(cluster, primary, "SELECT json_build_array(slot_name, active, wal_status) FROM pg_replication_slots");
    const all = rows.map((row) => JSON.parse(row) as [string, boolean, string]);
    const others = nodesOf(cluster).filter((node) => node !== primary);
    return {
      wrong: [
        ...others
          .map(({ name }) => name.replaceAll(/[^a-z0-9_]/g, "_"))
          .filter((name) => !all.some(([slot, isActive]) => slot === name && isActive))
          .map((name) => `${primary.name} has no active slot ${name}`),
        ...all.filter(([, , status]) => status === "lost").map(([slot]) => `the slot ${slot} has lost WAL`),
      ],
      evidence: { slots: all.length },
    };
  },
};

const checksums: Probe = {
  id: "postgresql-checksums",
  text: "Every node guards its data with checksums, and none was ever wrong.",
  look: async (cluster) => {
    const wrong: string[] = [];
    for (const node of nodesOf(cluster)) {
      const [enabled] = await localQuery(cluster, node, "SHOW data_checksums");
      const [failures] = await localQuery(cluster, node, "SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database");
      if (enabled !== "on") wrong.push(`${node.name} has no checksums`);
      if (failures !== "0") wrong.push(`${node.name} has seen ${failures} wrong checksums`);
    }
    return { wrong, evidence: { nodes: nodesOf(cluster).length } };
  },
};

const extensions: Probe = {
  id: "postgresql-extensions",
  text: "Every extension that was asked for is there, in every database that asked for it.",
  look: async (cluster) => {
    const primary = await primaryOf(cluster);
    const wrong: string[] = [];
    let seen = 0;
    for (const [database, names] of cluster.facts.extensions) {
      const { exitCode, stdout, stderr } = await cluster.run(primary, [
        "psql",
        "-X",
        "-A",
        "-t",
        "-d",
        database,
        "-c",
        "SELECT extname FROM pg_extension",
      ]);
      if (exitCode !== 0) throw new Error(`${primary.name}: ${database}: ${stderr}`);
      const present = stdout.split("\n");
      seen += names.length;
      wrong.push(...names.filter((name) => !present.includes(name)).map((name) => `${database} has no ${name}`));
    }
    return { wrong, evidence: { databases: cluster.facts.extensions.size, extensions: seen } };
  },
};

export const postgresql: Component = {
  id: "postgresql",
  title: "PostgreSQL: settings, replication, slots, checksums, extensions",
  rows: ["A18", "A1"],
  probes: [settings, streaming, slots, checksums, extensions],
  limit: 90,
};
