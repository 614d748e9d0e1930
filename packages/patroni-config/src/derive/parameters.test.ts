import { topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { mappingOf } from "../format/dynamic-yml.ts";
import type { ParameterValue } from "../model.ts";
import { deriveLocalParameters, deriveSharedParameters } from "./parameters.ts";

const BASE = "cluster: c\nnodes: { e: [etcd], n1: [postgresql], n2: { roles: [postgresql], resources: { memory: 16GiB, cpus: 8 } } }\n";

type Parameters = Readonly<Record<string, ParameterValue>>;

function parametersOf(text = ""): { readonly shared: Parameters; readonly local: (node: string) => Parameters } {
  const topology = topologyOf(BASE + text);
  const local = (node: string) => {
    const member = topology.postgresql.find(({ name }) => name === node);
    return member === undefined ? {} : mappingOf(deriveLocalParameters(topology, member));
  };
  return { shared: mappingOf(deriveSharedParameters(topology)), local };
}

describe("a free parameter", () => {
  it("goes into the DCS where Patroni takes it from nowhere else, and into the node's file otherwise", () => {
    const { shared, local } = parametersOf("parameters: { postgresql: { wal_level: logical, deadlock_timeout: 2s } }");
    expect(shared["wal_level"]).toBe("logical");
    expect(local("n1")["deadlock_timeout"]).toBe("2s");
    expect(local("n1")).not.toHaveProperty("wal_level");
    expect(shared).not.toHaveProperty("deadlock_timeout");
  });

  it("takes the place of a default, however its name is written", () => {
    const local = parametersOf("parameters: { postgresql: { Work_Mem: 8MB } }").local("n1");
    expect(local["work_mem"]).toBe("8MB");
    expect(local).not.toHaveProperty("Work_Mem");
  });

  it("is written on or off when it is a boolean: PostgreSQL's word, not YAML's", () => {
    expect(parametersOf("parameters: { postgresql: { log_checkpoints: false } }").local("n1")["log_checkpoints"]).toBe("off");
  });
});

describe("shared_preload_libraries", () => {
  it("is absent where no extension needs it", () => {
    expect(parametersOf().local("n1")).not.toHaveProperty("shared_preload_libraries");
  });

  it("holds what the extensions need, whatever else the topology adds", () => {
    const text =
      'databases: { app: { extensions: [pg_stat_statements, vector] } }\nparameters: { postgresql: { shared_preload_libraries: "auto_explain, pg_stat_statements" } }';
    expect(parametersOf(text).local("n1")["shared_preload_libraries"]).toBe("pg_stat_statements,auto_explain");
  });
});

describe("an extension", () => {
  it("brings its library and the parameters that follow from where it is, and workers for it", () => {
    const { shared, local } = parametersOf("databases: { shop: { extensions: [pg_cron, set_user, pgaudit] } }");
    expect(local("n1")).toMatchObject({
      shared_preload_libraries: "pg_cron,pgaudit,set_user",
      "cron.database_name": "shop",
      "cron.use_background_workers": "on",
    });
    expect(shared["max_worker_processes"]).toBe(18);
  });

  it("that is an output plugin may be used as one", () => {
    const { local } = parametersOf("databases: { app: { extensions: [wal2json] } }");
    expect(local("n1")["output_plugin_libraries"]).toBe("pgoutput,test_decoding,wal2json");
    expect(parametersOf().local("n1")).not.toHaveProperty("output_plugin_libraries");
  });
});

describe("a logical slot", () => {
  const SLOTS = "databases: { app: { slots: { orders: {}, look: { plugin: test_decoding } } } }\n";

  it("finds WAL written for it, and counts as a consumer of it", () => {
    expect(parametersOf().shared).toMatchObject({ wal_level: "logical", max_replication_slots: 8, max_wal_senders: 8 });
    expect(parametersOf(SLOTS).shared).toMatchObject({ wal_level: "logical", max_replication_slots: 10, max_wal_senders: 10 });
  });

  it("may use its plugin, also where the topology lists others", () => {
    expect(parametersOf(SLOTS).local("n1")).not.toHaveProperty("output_plugin_libraries");
    const listed = parametersOf(`${SLOTS}parameters: { postgresql: { output_plugin_libraries: other } }`);
    expect(listed.local("n1")["output_plugin_libraries"]).toBe("pgoutput,test_decoding,other");
  });
});

describe("a node", () => {
  it("says who it is, is tuned from its own resources, and shares what standbys must share", () => {
    const { shared, local } = parametersOf();
    expect(local("n1")).toMatchObject({ "matriarch.node": "n1", shared_buffers: "256MB", max_parallel_workers_per_gather: 1 });
    expect(local("n2")).toMatchObject({ "matriarch.node": "n2", shared_buffers: "4GB", max_parallel_workers_per_gather: 4 });
    expect(shared).toMatchObject({ max_connections: 120, max_worker_processes: 12, max_wal_senders: 8, wal_keep_size: "256MB" });
  });

  it("gives up a silent replication connection after retry_timeout", () => {
    expect(parametersOf("timing: { preset: fast, retry_timeout: 4 }").local("n1")["wal_sender_timeout"]).toBe("4s");
  });

  it("refuses ALTER SYSTEM", () => {
    expect(parametersOf().local("n1")["allow_alter_system"]).toBe("off");
  });

  it("says why above what surprises, and never above what the topology says instead", () => {
    const reasons = (text: string) => {
      const topology = topologyOf(BASE + text);
      return topology.postgresql.flatMap((member) =>
        deriveLocalParameters(topology, member).filter(({ key }) => key === "random_page_cost"),
      );
    };
    expect(reasons("").map(({ why }) => why)).toEqual([expect.stringContaining("Flash storage"), expect.stringContaining("Flash storage")]);
    expect(reasons("parameters: { postgresql: { random_page_cost: 4 } }")).toEqual([
      { key: "random_page_cost", value: 4 },
      { key: "random_page_cost", value: 4 },
    ]);
  });
});
