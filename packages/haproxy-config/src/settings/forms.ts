import { type Accepts, cipherSuites, type PlatformId } from "@matriarch/topology";
import { TABLES } from "../platforms/tables.ts";
import * as accepts from "./accepts.ts";

type Form = (words: readonly string[], platform: PlatformId) => boolean;

/** `32`, `1-4`, or a word for all, the odd or the even ones; up to 64. */
const THREADS = /^(?:all|odd|even|(?:[1-9]|[1-5]\d|6[0-4])(?:-(?:[1-9]|[1-5]\d|6[0-4])?)?)$/;
/** Processors 0 to 1023, and ranges of them, with commas. */
const PROCESSOR = String.raw`(?:\d{1,3}|10[01]\d|102[0-3])`;
const PROCESSORS = new RegExp(String.raw`^${PROCESSOR}(?:-${PROCESSOR})?(?:,${PROCESSOR}(?:-${PROCESSOR})?)*$`);

const isCpuMap: Form = ([threads = "", ...processors]) => {
  const sides = threads.split("/");
  // With `auto:` both sides need the same number of members: not for one line of a topology to work out.
  return (
    sides.length <= 2 &&
    sides.every((side) => THREADS.test(side)) &&
    processors.length > 0 &&
    processors.every((part) => PROCESSORS.test(part))
  );
};

const isThreadGroup: Form = ([group = "", ...threads]) =>
  /^(?:[1-9]|1[0-6])$/.test(group) && threads.every((part) => /^[1-9]\d{0,2}(?:-[1-9]\d{0,2})?$/.test(part));

const items = (word = "") => word.split(":");

/** Grammars inside a text. What is not here is one word. */
const FORMS: ReadonlyMap<Accepts, Form> = new Map<Accepts, Form>([
  [accepts.CIPHERS, ([list = "", ...more], platform) => more.length === 0 && cipherSuites(list, platform).length > 0],
  [
    accepts.CIPHER_SUITES,
    ([list, ...more], platform) => more.length === 0 && items(list).every((name) => TABLES[platform].suites.includes(name)),
  ],
  [
    accepts.GROUPS,
    ([list, ...more], platform) =>
      more.length === 0 && items(list).every((name) => TABLES[platform].groups.some((group) => group.toLowerCase() === name.toLowerCase())),
  ],
  [
    accepts.SIGNATURES,
    ([list, ...more], platform) => more.length === 0 && items(list).every((name) => TABLES[platform].signatures.includes(name)),
  ],
  [
    accepts.PROPERTIES,
    ([query = "", ...more]) => more.length === 0 && query.split(",").every((part) => /^(?:provider=default|\?[a-z][\w.]*=\w+)$/.test(part)),
  ],
  [accepts.CPU_MAP, isCpuMap],
  [accepts.THREAD_GROUP, isThreadGroup],
]);

/** Whether the words after a keyword have the form that a row asks for. */
export function hasForm(form: Accepts, words: readonly string[], platform: PlatformId): boolean {
  return FORMS.get(form)?.(words, platform) ?? words.length === 1;
}
