import { styleText } from "node:util";
import type { Consequence, DataRisk, Effect, Losses, PairLoss, Until } from "@matriarch/topology";
import { formatRange } from "./outages.ts";
import { formatTable } from "./table.ts";

/** A line of the table: who is lost, then what that means. */
interface Row {
  readonly who: string;
  readonly cells: readonly [writes: string, reads: string, data: string];
}

const HEADER = ["lost", "writes", "reads", "acknowledged writes"];
const WIDTHS = [40, 32, 26, 20];
/** So many names are told, and so many pairs; the JSON format has all. */
const MOST_NAMES = 8;
const MOST_PAIRS = 10;

const UNTIL: Record<Until, string> = {
  return: "stop until it returns",
  "return-or-operator": "stop until it returns or an operator acts",
};
const RISKS: Record<DataRisk, string> = { kept: "kept", lag: "the last may be lost", "every-copy": "no copy is left" };

function describeEffect(effect: Effect): string {
  switch (effect.kind) {
    case "go-on":
      return "go on";
    case "stale":
      return "go on, however stale";
    case "pause":
      return `pause ${formatRange(effect.low, effect.usually)} s`;
    case "stop":
      return UNTIL[effect.until];
  }
}

/** What the ways in add, where they are not all closed. */
function throughWhat({ balancers, poolers }: Consequence): string {
  if (balancers === "none") return "";
  if (poolers === "none") return ", past PgBouncer only";
  return balancers === "some" || poolers === "some" ? "; some clients reconnect" : "";
}

function cellsOf(consequence: Consequence): Row["cells"] {
  const { writes, reads, data } = consequence;
  const way = throughWhat(consequence);
  const describe = (effect: Effect) => describeEffect(effect) + (effect.kind === "stop" ? "" : way);
  return [describe(writes), describe(reads), RISKS[data]];
}

function listed(names: readonly string[], word: "and" | "or"): string {
  if (names.length > MOST_NAMES) return `${names.slice(0, MOST_NAMES - 1).join(", ")} ${word} ${names.length - MOST_NAMES + 1} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}

function describePair({ one, other }: PairLoss): string {
  if (one.join() !== other.join()) return `${listed(one, "or")} with ${listed(other, "or")}`;
  return one.length === 2 ? listed(one, "and") : `any two of ${listed(one, "and")}`;
}

/** Nodes whose loss means the same share a line, in the order of the first of each. */
function nodeRows({ nodes }: Losses): Row[] {
  const groups = Map.groupBy(
    nodes.map((loss) => ({ node: loss.node, cells: cellsOf(loss) })),
    ({ cells }) => cells.join("\n"),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const names = group.map(({ node }) => node);
    return first === undefined ? [] : { who: listed(names, "or"), cells: first.cells };
  });
}

function pairRows({ pairs, nodes }: Losses): Row[] {
  if (nodes.length < 2) return [];
  const told = pairs.slice(0, MOST_PAIRS).map((pair) => ({ who: describePair(pair), cells: cellsOf(pair) }));
  const hidden = pairs.length - told.length;
  const rest = hidden === 0 ? "any other two" : `any other two (${hidden} kinds that mean more: --format json)`;
  return [...told, { who: rest, cells: ["as the worse of the two", "", ""] }];
}

/** What the loss of each node, each datacenter and two nodes at once means, whichever node is the primary. */
export function formatLosses(losses: Losses): string[] {
  const rows: Row[] = [
    ...nodeRows(losses),
    ...losses.datacenters.map((loss) => ({ who: `datacenter ${loss.datacenter}`, cells: cellsOf(loss) })),
    ...pairRows(losses),
  ];
  const [header = "", ...lines] = formatTable([HEADER, ...rows.map(({ who, cells }) => [who, ...cells])], WIDTHS);
  return [
    styleText("bold", "What a loss means, at its worst: whichever node is the primary"),
    `  ${styleText("dim", header)}`,
    ...lines.map((line) => `  ${line}`),
  ];
}
