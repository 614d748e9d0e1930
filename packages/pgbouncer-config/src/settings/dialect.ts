import { type Accepts, describeAccepts, type Dialect, type ParameterValue, type PlatformId } from "@matriarch/topology";
import { hasForm } from "./forms.ts";

/** Times are kept as microseconds: less than one of them is none, which often means "for ever". */
const LEAST_SECONDS = 0.000_001;

/** Whether PgBouncer reads the value as what it says. It strips the blanks around a text, so that it cannot have any. */
function isReadable(accepts: Accepts, value: ParameterValue, platform: PlatformId): boolean {
  switch (accepts.type) {
    case "switch":
      return typeof value === "boolean" || value === 0 || value === 1;
    case "integer":
      return typeof value === "number" && Number.isInteger(value) && value >= accepts.min && value <= accepts.max;
    case "real":
      return typeof value === "number" && (value === 0 || value >= Math.max(accepts.min, LEAST_SECONDS)) && value <= accepts.max;
    case "word":
      return accepts.words.includes(String(value));
    case "list":
    case "text":
      return typeof value === "string" && value === value.trim() && hasForm(accepts, value, platform);
  }
}

const HINTS: Readonly<Record<Accepts["type"], string>> = {
  switch: "Write true or false, without quotes.",
  integer: "Write a number, without unit and without quotes.",
  real: "Write a number, without unit and without quotes; 0.5 is half a second.",
  word: "Write one of them.",
  list: "Put it into quotes, and leave out the blanks around it.",
  text: "Put it into quotes, and leave out the blanks around it.",
};

/** How PgBouncer reads the section [pgbouncer] (libusual's cfparser.c). */
export const DIALECT: Dialect<"pgbouncer"> = {
  section: "pgbouncer",
  title: "PgBouncer",
  version: ({ platform }) => platform.versions.pgbouncer,
  canonical: (key) => key,
  usual: (key) => key.toLowerCase().replaceAll(/[-.]/g, "_"),
  refuse: (accepts, value, { platform }) => {
    if (isReadable(accepts, value, platform.id)) return undefined;
    const plain = accepts.type === "text" && accepts.form === undefined;
    return { mustBe: plain ? "text without blanks at its ends" : describeAccepts(accepts), hint: HINTS[accepts.type] };
  },
  consequence: { unknown: "it does not start", invalid: "it would not start, or read something else" },
  manual: "PgBouncer's manual",
};
