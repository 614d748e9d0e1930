import type { Accepts, Dialect, ParameterValue } from "@matriarch/topology";
import type { EtcdValue } from "../model.ts";

/** A free value as the file's YAML types it; `undefined` when etcd would refuse to start with it. */
export function readValue(accepts: Accepts, value: ParameterValue): EtcdValue | undefined {
  switch (accepts.type) {
    case "text":
      return typeof value === "string" ? value : undefined;
    case "word":
      return typeof value === "string" && accepts.words.includes(value) ? value : undefined;
    case "integer":
    case "real":
      return typeof value === "number" && Number.isSafeInteger(value) && value >= accepts.min && value <= accepts.max ? value : undefined;
    case "switch":
      return typeof value === "boolean" ? value : undefined;
    case "list":
      return typeof value === "string" ? value.split(",").map((item) => item.trim()) : undefined;
  }
}

const EXPECTED: Readonly<Record<Accepts["type"], { readonly mustBe: string; readonly hint: string }>> = {
  text: { mustBe: "text", hint: "Put it into quotes." },
  word: { mustBe: "one of its words", hint: "Write one of them." },
  integer: { mustBe: "a whole number", hint: "Write a number, without unit and without quotes." },
  real: { mustBe: "a number", hint: "Write a number, without unit and without quotes." },
  switch: { mustBe: "true or false", hint: "Write true or false, without quotes." },
  list: { mustBe: "a list", hint: "Write it as one text, with commas between the items." },
};

const NANOSECONDS = {
  mustBe: "a whole number of nanoseconds",
  hint: "The file knows no units: ten seconds are 10000000000.",
};

/** How etcd reads its configuration file: YAML, into the types of `embed.Config`. */
export const DIALECT: Dialect<"etcd"> = {
  section: "etcd",
  title: "etcd",
  version: ({ platform }) => platform.versions.etcd,
  canonical: (key) => key,
  // Its environment variables have underscores and capitals, its file does not.
  usual: (key) => key.toLowerCase().replaceAll(/[_.]/g, "-"),
  refuse: (accepts, value) => {
    if (readValue(accepts, value) !== undefined) return undefined;
    return accepts.type === "integer" && accepts.unit === "nanoseconds" ? NANOSECONDS : EXPECTED[accepts.type];
  },
  consequence: { unknown: "it ignores it without a word", invalid: "it would not start" },
  manual: "the sample configuration file of etcd 3.5",
};
