import type { Anomaly } from "../../checks/result.ts";
import type { Operation } from "../../history/operation.ts";
import type { ScenarioRecord } from "../../run/record.ts";
import type { Cell, Table } from "./table.ts";

/** Readings of whole tables are long; what matters of them is in the anomaly's message. */
const LONGEST = 120;

function brief(value: unknown): string {
  if (value === null) return "";
  const text = JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

/** What was asked, in one line: `add set 17`. */
export function requestOf({ f, key, value }: Operation): string {
  return [f, key, brief(value)].filter((part) => part !== "").join(" ");
}

/** Those of a scenario's operations that show an anomaly. */
export function operationsOfAnomaly({ events }: Anomaly, operations: readonly Operation[]): Operation[] {
  return operations.filter((operation) => operation.events.some((event) => events.includes(event)));
}

function outcomeOf({ phase, result, error }: Operation): Cell {
  if (error) return [phase, `${error.sqlstate ?? "no answer"} at ${error.where}: ${error.message}`];
  return result === null ? [phase] : [phase, { kind: "code", text: brief(result) }];
}

function serverOf({ server }: Operation): string {
  if (!server) return "–";
  return server.timeline === null ? `${server.node} (${server.role})` : `${server.node} (${server.role}, timeline ${server.timeline})`;
}

/** Operations one by one; times in seconds since the start of their scenario. */
export function operationsTable(operations: readonly Operation[], { origin }: ScenarioRecord): Table {
  const moment = (t: number) => (Number.isFinite(t) ? ((t - origin) / 1e9).toFixed(3) : "–");
  return {
    caption: "Operations, in the order in which they were sent",
    columns: [
      { title: "Events" },
      { title: "Client", align: "end" },
      { title: "Asked" },
      { title: "sent (s)", align: "end" },
      { title: "answered (s)", align: "end" },
      { title: "Outcome" },
      { title: "Server" },
      { title: "Through" },
    ],
    rows: operations.map((operation) => [
      [operation.events.join(", ")],
      [String(operation.process)],
      [{ kind: "code", text: requestOf(operation) }],
      [moment(operation.invoked)],
      [moment(operation.completed)],
      outcomeOf(operation),
      [serverOf(operation)],
      [operation.endpoint],
    ]),
    empty: "The history does not hold the operations that it names.",
  };
}
