import {
  type Accepts,
  describeAccepts,
  type Dialect,
  isWithin,
  type NumberAccepts,
  type ParameterValue,
  type Refusal,
  type Topology,
} from "@matriarch/topology";
import { formOf, hasForm } from "./forms.ts";
import { readList, readNumber, readSwitch, unitsBeside } from "./literal.ts";

const SWITCH_WORDS: readonly string[] = ["on", "off"];

/** PostgreSQL knows no YAML: what is true there is on here. */
export function written(value: ParameterValue): string | number {
  return typeof value === "boolean" ? (value ? "on" : "off") : value;
}

/** PostgreSQL does not tell the case of words apart; where `on` is a word, everything that means it is one, too. */
function isWord(words: readonly string[], value: string): boolean {
  const turned = readSwitch(value);
  return words.includes(value.toLowerCase()) || (turned !== undefined && words.includes(SWITCH_WORDS[turned ? 0 : 1] ?? ""));
}

function isTaken(accepts: Accepts, given: ParameterValue, topology: Topology): boolean {
  const value = String(written(given));
  switch (accepts.type) {
    case "switch":
      return readSwitch(value) !== undefined;
    case "integer":
    case "real": {
      const number = readNumber(value, accepts.type, accepts.unit);
      return number !== undefined && isWithin(number, accepts);
    }
    case "word":
      return isWord(accepts.words, value);
    case "list": {
      const { words } = accepts;
      return words === undefined || readList(value)?.every((item) => words.includes(item.toLowerCase())) === true;
    }
    case "text":
      return hasForm(accepts.form, value, topology);
  }
}

function numberHint({ unit }: NumberAccepts): string {
  const units = unitsBeside(unit);
  if (unit === undefined || units.length === 0) return "Write a number without a unit.";
  return `Write a number with one of the units ${units.join(", ")}, spelled like this; without one it counts ${unit}.`;
}

function hintOf(accepts: Accepts): string {
  switch (accepts.type) {
    case "switch":
      return "Write on or off.";
    case "integer":
    case "real":
      return numberHint(accepts);
    case "word":
      return "Write one of them.";
    case "list":
      return "Write them with commas between.";
    case "text":
      return formOf(accepts.form)?.hint ?? "Write a text.";
  }
}

function refuse(accepts: Accepts, value: ParameterValue, topology: Topology): Refusal | undefined {
  if (isTaken(accepts, value, topology)) return undefined;
  const mustBe = accepts.type === "switch" ? "on or off" : accepts.type === "text" ? formOf(accepts.form)?.mustBe : undefined;
  return { mustBe: mustBe ?? describeAccepts(accepts), hint: hintOf(accepts) };
}

const lower = (key: string) => key.toLowerCase();

/**
 * How parameters reach PostgreSQL: Patroni reads them first, leaves out what it cannot read and moves what is out of bounds;
 * PostgreSQL reads the file that Patroni writes.
 * @param libraries first parts of names, before the dot, that belong to a library whose parameters are known
 */
export function postgresqlDialect(libraries: ReadonlySet<string>): Dialect<"postgresql"> {
  return {
    section: "postgresql",
    title: "PostgreSQL",
    version: ({ postgresqlVersion }) => String(postgresqlVersion),
    canonical: lower,
    usual: (key) => lower(key).replaceAll("-", "_"),
    // Of a library that nobody knows here.
    isOpen: (key) => key.includes(".") && !libraries.has(key.split(".", 1)[0] ?? ""),
    refuse,
    consequence: {
      unknown: "Patroni leaves it out with a line in its log, and nothing is changed",
      invalid: "Patroni would put a default or a bound in force instead, or PostgreSQL would not start with it",
    },
    manual: "the view pg_settings or PostgreSQL's manual",
  };
}

/** The top level of Patroni's dynamic configuration, read with the same functions (patroni/global_config.py). */
export const PATRONI_DIALECT: Dialect<"patroni"> = {
  section: "patroni",
  title: "Patroni",
  version: ({ platform }) => platform.versions.patroni,
  canonical: (key) => key,
  usual: (key) => lower(key).replaceAll("-", "_"),
  refuse,
  consequence: { unknown: "it ignores it without a word", invalid: "it would use its default instead" },
  manual: "Patroni's manual, Dynamic configuration settings",
};
