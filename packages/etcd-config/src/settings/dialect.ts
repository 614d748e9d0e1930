import { type Accepts, describeAccepts, type Dialect, type ParameterValue, type PlatformId, type Refusal } from "@matriarch/topology";
import type { EtcdValue } from "../model.ts";
import { TABLES } from "../platforms/tables.ts";
import { CIPHER_SUITES, LOG_OUTPUTS } from "./accepts.ts";
import { hasForm } from "./forms.ts";

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

function mustBe(accepts: Accepts, platform: PlatformId): Refusal {
  if (accepts === CIPHER_SUITES)
    return { mustBe: `a list of: ${TABLES[platform].suites.join(", ")}`, hint: "Write Go's names, with commas." };
  if (accepts === LOG_OUTPUTS)
    return { mustBe: "stderr, stdout, or a file below /var/lib/etcd", hint: "Leave it out: everything is logged to stderr." };
  if (accepts.type === "integer" && accepts.unit === "nanoseconds") return NANOSECONDS;
  const { hint } = EXPECTED[accepts.type];
  return accepts.type === "list" ? EXPECTED.list : { mustBe: describeAccepts(accepts), hint };
}

/** How etcd reads its configuration file: YAML, into the types of `embed.Config`. */
export const DIALECT: Dialect<"etcd"> = {
  section: "etcd",
  title: "etcd",
  version: ({ platform }) => platform.versions.etcd,
  canonical: (key) => key,
  // Its environment variables have underscores and capitals, its file does not.
  usual: (key) => key.toLowerCase().replaceAll(/[_.]/g, "-"),
  refuse: (accepts, value, { platform }) => {
    if (readValue(accepts, value) !== undefined && hasForm(accepts, String(value), platform.id)) return undefined;
    return mustBe(accepts, platform.id);
  },
  consequence: { unknown: "it ignores it without a word", invalid: "it would not start, or use another value" },
  manual: "the sample configuration file of etcd 3.5",
};
