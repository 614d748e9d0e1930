import type { Element } from "hast";
import { h } from "hastscript";
import type { RunRecord } from "../../run/record.ts";
import { type FactGroup, patroniConfiguration, runFacts } from "../model/run-facts.ts";

function printGroup({ title, facts }: FactGroup): Element {
  const items = facts.flatMap(({ name, value, mono }) => [h("dt", name), h("dd", { className: mono ? ["mono"] : [] }, value)]);
  const wide = facts.some(({ value }) => value.length > 40);
  const body = facts.length === 0 ? h("p", { className: ["empty"] }, "not recorded") : h("dl", items);
  return h("div", { className: wide ? ["wide"] : [] }, [h("h3", title), body]);
}

/** What was tested, how, and on what. */
export function printRunFacts(record: RunRecord): Element {
  return h("section", { id: "run" }, [
    h("h2", "The run"),
    h("div", { className: ["facts"] }, runFacts(record).map(printGroup)),
    h("details", [h("summary", "Patroni's dynamic configuration in force"), h("pre", h("code", patroniConfiguration(record)))]),
  ]);
}
