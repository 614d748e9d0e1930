// Prints how long the checks of long histories take: `pnpm --filter @matriarch/verifier bench`.
import { largeLists, largeRegisters } from "../fixtures/large.ts";
import { historyOf } from "../fixtures/tell.ts";
import { formatEvent, parseHistory } from "../history/ndjson.ts";
import { type CheckRequest, runChecks } from "./catalogue.ts";

const REGISTER: CheckRequest = { check: "register", claim: "register", facts: { endpoints: ["app_rw"] }, limit: null };
const LISTS: CheckRequest = { check: "list-append", claim: "list-append", facts: { key: "lists" }, limit: null };

/** Time of the processor: what else the machine does has no part in it. */
function timed(what: string, operations: number, run: () => unknown): void {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  console.info(`${what}, ${operations} operations: ${((user + system) / 1e6).toFixed(2)} s`);
}

for (const operations of [100_000, 200_000]) {
  const registers = historyOf(largeRegisters(operations));
  const lists = historyOf(largeLists(operations));
  const text = registers.map(formatEvent).join("");
  timed("reading", operations, () => parseHistory(text));
  timed("register", operations, () => runChecks(registers, [REGISTER]));
  timed("list-append", operations, () => runChecks(lists, [LISTS]));
}
