import { describe, expect, it } from "vitest";
import type { Topology } from "../resolve/topology.ts";
import { topologyOf } from "../testing/index.ts";
import type { Dialect } from "./dialect.ts";
import { entriesOf, writtenSettings } from "./entries.ts";
import { settingRule } from "./rules.ts";
import type { SettingGroup } from "./setting.ts";

/** A daemon that compares names without their case, and knows a number and a text. */
const DIALECT: Dialect<"haproxy"> = {
  section: "haproxy",
  title: "The daemon",
  version: () => "2.0.0",
  canonical: (key) => key.toLowerCase(),
  usual: (key) => key.replaceAll("_", "-"),
  refuse: (accepts, value) =>
    accepts.type === "integer" && typeof value !== "number" ? { mustBe: "a whole number", hint: "Write a number." } : undefined,
  consequence: { unknown: "it stops", invalid: "it stops as well" },
  manual: "its manual",
};

const INTEGER = { type: "integer", min: 0, max: 9 } as const;

const GROUPS: readonly SettingGroup<{ readonly port: number }>[] = [
  {
    title: "Ours",
    settings: [
      {
        key: "listen",
        owner: { because: "others dial it", instead: "Leave it out." },
        value: ({ port }) => port,
        why: "The port that everybody knows.",
        takesEffect: "restart",
      },
      { key: "chroot", owner: { because: "the target decides", instead: "Leave it out." } },
    ],
  },
  {
    title: "Defaults",
    settings: [
      { key: "max-threads", accepts: INTEGER, value: () => 4, takesEffect: "reload" },
      { key: "old-way", accepts: INTEGER, takesEffect: "reload", until: "2.0.0" },
      { key: "new-way", accepts: INTEGER, takesEffect: "reload", since: "2.1.0" },
      {
        key: "checks",
        accepts: { type: "switch" },
        takesEffect: "reload",
        dangers: [{ when: (value) => value === false, because: "nobody notices a dead server", instead: "Leave it on." }],
      },
    ],
  },
];

function withParameters(text: string): Topology {
  return topologyOf(`cluster: c\nnodes: { a: [etcd, postgresql] }\nparameters: { haproxy: { ${text} } }`);
}

const findingsOf = (text: string) => settingRule(DIALECT, GROUPS)(withParameters(text));

describe("a free parameter", () => {
  it.each([
    ["listen: 1", "owned-parameter-haproxy", 'The daemon\'s "listen" is not for a topology to set: others dial it.', "Leave it out."],
    ["chroot: x", "owned-parameter-haproxy", 'The daemon\'s "chroot" is not for a topology to set: the target decides.', "Leave it out."],
    ["max_threads: 1", "unknown-parameter-haproxy", 'The daemon knows no "max_threads": it stops.', 'Did you mean "max-threads"?'],
    ["max-thread: 1", "unknown-parameter-haproxy", 'The daemon knows no "max-thread": it stops.', 'Did you mean "max-threads"?'],
    [
      "lisen: 1",
      "unknown-parameter-haproxy",
      'The daemon knows no "lisen": it stops.',
      'Did you mean "listen"? A topology cannot set that: others dial it. Leave it out.',
    ],
    ["something: 1", "unknown-parameter-haproxy", 'The daemon knows no "something": it stops.', "Take the name from its manual."],
    [
      "max-threads: many",
      "invalid-parameter-haproxy",
      'The daemon\'s "max-threads" must be a whole number, not "many": it stops as well.',
      "Write a number.",
    ],
    ["checks: false", "dangerous-parameter-haproxy", 'The daemon\'s "checks" is false: nobody notices a dead server.', "Leave it on."],
  ])("{ %s } is %s", (text, code, message, hint) => {
    expect(findingsOf(text)).toEqual([
      {
        code,
        severity: code.startsWith("dangerous") ? "warning" : "error",
        path: ["parameters", "haproxy", text.split(":")[0]],
        message,
        hint,
      },
    ]);
  });

  it("of another release is unavailable, with the release that brought it or took it away", () => {
    expect(findingsOf("old-way: 1, new-way: 1")).toMatchObject([
      { code: "unavailable-parameter-haproxy", message: expect.stringContaining("is gone since 2.0.0") },
      { code: "unavailable-parameter-haproxy", message: expect.stringContaining("came with 2.1.0") },
    ]);
  });

  it("is compared by name as the daemon compares names", () => {
    expect(findingsOf("Max-Threads: 1, checks: true")).toEqual([]);
  });

  it("costs as much as the one before it, however many there are that nobody knows", () => {
    const sound = withParameters("");
    const comparisons = (count: number) => {
      const haproxy = Object.fromEntries(Array.from({ length: count }, (_, index) => [`a-name-that-nobody-knows-${index}`, 1]));
      let calls = 0;
      const counting = { ...DIALECT, canonical: (key: string) => (calls++, DIALECT.canonical(key)) };
      settingRule(counting, GROUPS)({ ...sound, parameters: { ...sound.parameters, haproxy } });
      return calls;
    };
    const fixed = comparisons(0);
    expect(comparisons(10_000) - fixed).toBe(10 * (comparisons(1_000) - fixed));
  });
});

describe("the lines of a file", () => {
  it("are what is decided, the defaults that are left, and what is written, with the reasons", () => {
    const lines = (text: string) => {
      const written = writtenSettings(DIALECT, GROUPS, withParameters(text));
      return entriesOf(
        GROUPS,
        { port: 5000 },
        written.map(({ key, value }) => ({ key, value })),
      );
    };
    const ours = { title: "Ours", entries: [{ key: "listen", value: 5000, why: "The port that everybody knows." }] };
    expect(lines("")).toEqual([ours, { title: "Defaults", entries: [{ key: "max-threads", value: 4 }] }]);
    expect(lines("MAX-threads: 7, checks: true, listen: 1, nonsense: 1")).toEqual([
      ours,
      {
        title: "Set in the topology",
        entries: [
          { key: "checks", value: true },
          { key: "max-threads", value: 7 },
        ],
      },
    ]);
  });
});
