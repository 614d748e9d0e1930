import type { Topology } from "@matriarch/topology";
import { readNumber, readSwitch } from "../settings/literal.ts";
import { error, type PatroniRule } from "./finding.ts";
import { writtenParameters, type WrittenParameter } from "./written.ts";

const STAGES = ["log_parser_stats", "log_planner_stats", "log_executor_stats"];

function stages(topology: Topology) {
  const on = (name: string) => writtenParameters(topology, name).filter(({ value }) => readSwitch(value) === true);
  return on("log_statement_stats").flatMap((whole) =>
    STAGES.flatMap(on).map((stage) =>
      contradiction(whole, `"${stage.key}" is on as well`, "it measures the parts of what the other one measures"),
    ),
  );
}

function archivers(topology: Topology) {
  const given = (name: string) => writtenParameters(topology, name).filter(({ value }) => String(value).trim() !== "");
  return given("archive_library").flatMap((library) =>
    given("archive_command").map(({ key }) => contradiction(library, `"${key}" is set as well`, "there is one way to archive")),
  );
}

/** Processes that PostgreSQL counts in 18 bits (MAX_BACKENDS in src/include/postmaster/postmaster.h). */
const MOST_PROCESSES = 2 ** 18 - 1;

const PROCESSES: Readonly<Record<string, number>> = { autovacuum_max_workers: 3, max_worker_processes: 8, max_wal_senders: 10 };

function processes(topology: Topology) {
  const counted = Object.entries(PROCESSES).map(([name, otherwise]) => {
    const [written] = writtenParameters(topology, name);
    return { written, count: (written && readNumber(written.value, "integer")) ?? otherwise };
  });
  const sum = counted.reduce((total, { count }) => total + count, topology.connections.maxConnections + 1);
  if (sum <= MOST_PROCESSES) return [];
  return counted.flatMap(({ written }) =>
    written === undefined
      ? []
      : [contradiction(written, `${sum} processes are allowed together`, `PostgreSQL has room for ${MOST_PROCESSES}`)],
  );
}

function reserved(topology: Topology) {
  const { maxConnections, superuserReserved } = topology.connections;
  return writtenParameters(topology, "reserved_connections")
    .filter(({ value }) => (readNumber(value, "integer") ?? 0) + superuserReserved >= maxConnections)
    .map((written) =>
      contradiction(written, `${superuserReserved} more are kept for superusers`, `of ${maxConnections} connections none would be left`),
    );
}

function contradiction({ key, value, path }: WrittenParameter, other: string, because: string) {
  const message = `"${key}" is ${JSON.stringify(value)} and ${other}: ${because}, and PostgreSQL does not start.`;
  return error("invalid-parameter-postgresql", path, message, "Leave one of them out, or lower it.");
}

/** Values that PostgreSQL takes alone and not together. */
export const parametersContradict: PatroniRule = (topology) => [
  ...stages(topology),
  ...archivers(topology),
  ...processes(topology),
  ...reserved(topology),
];
