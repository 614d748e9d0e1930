import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText, exampleText } from "../testing/index.ts";
import { decodeUtf8 } from "../text/decode.ts";
import { MAX_TEXT_LENGTH } from "../text/limits.ts";
import { parse } from "./parse.ts";

const NODES = "nodes:\n  a: [etcd, postgresql, haproxy]\n";

/** `line:column code message` of everything that is wrong. */
function complaints(text: string): string[] {
  return parse(text, "topology.yaml").diagnostics.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
}

function hints(text: string): string[] {
  return parse(text, "topology.yaml").diagnostics.map(({ hint }) => hint);
}

describe("unknown keys", () => {
  test("are found at the top, in a node and in the long form of a value with a short one, with what was meant", () => {
    const text = `clustr: x\ncluster: x\n${NODES}  b: { roles: [etcd], adress: 10.0.0.1, resources: { memoy: 1GiB } }\ntiming:\n  tll: 20\n`;
    expect(complaints(text)).toEqual([
      '1:1 unknown-key Unknown key "clustr".',
      '5:23 unknown-key Unknown key "adress" in "nodes.b".',
      '5:54 unknown-key Unknown key "memoy" in "nodes.b.resources".',
      '7:3 unknown-key Unknown key "tll" in "timing".',
    ]);
    expect(hints(text)).toEqual(['Did you mean "cluster"?', 'Did you mean "address"?', 'Did you mean "memory"?', 'Did you mean "ttl"?']);
  });

  test("that resemble nothing come with what is known there", () => {
    expect(hints(`cluster: x\n${NODES}reads: { zebra: 1 }\n`)).toEqual(["Known here: max_lag, primary_as_fallback."]);
  });

  test("may have the names of what every object has", () => {
    expect(complaints(`cluster: x\n${NODES}constructor: 1\ntoString: 2\n`)).toEqual([
      '4:1 unknown-key Unknown key "constructor".',
      '5:1 unknown-key Unknown key "toString".',
    ]);
  });

  test("called __proto__ are found wherever they stand", () => {
    const text = `cluster: x\n${NODES}  __proto__: [etcd]\nroles:\n  __proto__: { connection_limit: 1 }\n`;
    expect(complaints(text)).toEqual(['4:3 unknown-key Unknown key "__proto__".', '6:3 unknown-key Unknown key "__proto__".']);
  });
});

describe("what is left without its unknown keys", () => {
  test("can be judged further, and is no topology", () => {
    const text = `cluster: x\ncolour: red\n${NODES}  b: { roles: [etcd], adress: 10.0.0.1 }\n`;
    const { topology, remainder } = parse(text, "topology.yaml");
    expect(topology).toBeUndefined();
    expect(remainder).toEqual(parse(`cluster: x\n${NODES}  b: { roles: [etcd] }\n`, "topology.yaml").topology);
  });

  test("is not there where a value is wrong as well: nobody knows what it was meant to be", () => {
    expect(parse(`cluster: x\ncolour: red\n${NODES}timing: 7\n`, "topology.yaml").remainder).toBeUndefined();
  });

  test("is not there where nothing is wrong", () => {
    expect(parse(`cluster: x\n${NODES}`, "topology.yaml")).not.toHaveProperty("remainder");
  });
});

describe("missing keys", () => {
  test("are named with the mapping that lacks them and what they mean", () => {
    const text = "nodes:\n  a: { datacenter: x }\ntls: { ca: { key: ca.key } }\n";
    expect(complaints(text)).toEqual([
      '1:1 missing-key "cluster" is missing.',
      '2:3 missing-key "roles" is missing in "nodes.a".',
      '3:8 missing-key "certificate" is missing in "tls.ca".',
    ]);
    expect(hints(text)[0]).toBe('Add "cluster". Name of the cluster: Patroni\'s scope and the compose project.');
  });
});

describe("invalid values", () => {
  test.each([
    ["timing: quick", '4:1 "timing" must be one of fast, normal, wide-area or a mapping, not the text "quick".'],
    ["timing: { ttl: long }", '4:11 "timing.ttl" must be a number, not the text "long".'],
    ["timing: { ttl: 1.5 }", '4:11 "timing.ttl" must be a whole number, not the number 1.5.'],
    ["timing: { ttl: -1 }", '4:11 "timing.ttl" must be at least 0, not the number -1.'],
    ["timing: { check_fall: 99 }", '4:11 "timing.check_fall" must be at most 10, not the number 99.'],
    ["tls: { client_certificates: yes }", '4:8 "tls.client_certificates" must be true or false, not the text "yes".'],
    ["tls: { ca: other }", '4:8 "tls.ca" must be own or a mapping, not the text "other".'],
    ["tls: { names: [A b] }", '4:16 "tls.names[0]" must be a DNS name or an IPv4 address, in lower case, not the text "A b".'],
    ["reads:", '4:1 "reads" is empty; it must be a mapping.'],
    ["reads: [1]", '4:1 "reads" must be a mapping, not a list.'],
    ["datacenters: []", '4:1 "datacenters" must have at least 1 entry.'],
    ["datacenters: dc1", '4:1 "datacenters" must be a list, not the text "dc1".'],
    [
      "roles: { a: { from: [10.0.0.1] } }",
      '4:22 "roles.a.from[0]" must be a network like 10.0.0.0/8 or 2001:db8::/32, not the text "10.0.0.1".',
    ],
    ["publish_address: here", '4:1 "publish_address" must be an IPv4 address, not the text "here".'],
    ["reads: { max_lag: 16MB }", '4:10 "reads.max_lag" must be a size with a binary unit, like 512MiB or 4GiB, not the text "16MB".'],
    ["postgresql: { version: .inf }", '4:15 "postgresql.version" must be a number, not Infinity.'],
    ["parameters: { etcd: { a: [] } }", '4:23 "parameters.etcd.a" must be text or a number or true or false, not a list.'],
    [
      'parameters: { etcd: { a: "x\\ny" } }',
      '4:23 "parameters.etcd.a" must be text on one line, without control characters, not the text "x\\ny".',
    ],
    ["databases: { postgres: { owner: app } }", '4:26 "databases.postgres.owner" cannot be chosen: the superuser owns this database.'],
    [
      "databases: { App: {} }",
      '4:14 "databases.App" is not allowed as a name: it must be a plain PostgreSQL identifier: lower-case letters, digits and underscores, at most 59 characters.',
    ],
  ])("%s", (line, complaint) => {
    const [place, ...words] = complaint.split(" ");
    expect(complaints(`cluster: x\n${NODES}${line}\n`)).toEqual([`${place} invalid-value ${words.join(" ")}`]);
  });

  test("of a node say what a node is", () => {
    expect(complaints("cluster: x\nnodes:\n  a: 3\n  b: [etcd, postgres]\n  C: [etcd]\n  d: []\n  1: [etcd]\n")).toEqual([
      '3:3 invalid-value "nodes.a" must be a list or a mapping, not the number 3.',
      '4:13 invalid-value "nodes.b[1]" must be one of etcd, postgresql, haproxy, pgbouncer, not the text "postgres".',
      '5:3 invalid-value "nodes.C" is not allowed as a name: it must be a DNS label: lower-case letters, digits and hyphens, at most 63, starting with a letter.',
      '6:3 invalid-value "nodes.d" must have at least 1 entry.',
      '7:3 invalid-value "nodes.1" is not allowed as a name: it must be a DNS label: lower-case letters, digits and hyphens, at most 63, starting with a letter.',
    ]);
  });

  test("that resemble an allowed word say which", () => {
    expect(hints(`cluster: x\n${NODES}timing: norml\nreplication: { mode: synchronus }\n`)).toEqual([
      'Did you mean "normal"?',
      'Did you mean "synchronous"?',
    ]);
  });

  test("are cut where they are long", () => {
    expect(complaints(`cluster: ${"X".repeat(5000)}\n${NODES}`)[0]?.length).toBeLessThan(300);
  });
});

describe("the text itself", () => {
  test.each([
    ["", "1:1 invalid-value The file is empty."],
    ["# only a comment\n", "1:1 invalid-value The file is empty."],
    ["- a\n- b\n", "1:1 invalid-value The file holds a list, not a topology."],
    ["topology\n", "1:1 invalid-value The file holds a single value, not a topology."],
    ["cluster: x\nnodes:\n\ta: [etcd]\n", "3:1 yaml-syntax Not plain YAML: Tabs are not allowed as indentation."],
    ["cluster: x: y\n", "1:10 yaml-syntax Not plain YAML: Nested mappings are not allowed in compact mappings."],
    ["cluster: *name\n", '1:10 yaml-syntax Not plain YAML: no anchor "&name" stands before the alias "*name".'],
    [`cluster: x\n${NODES}? [a, b]\n: 1\n`, "4:3 yaml-syntax Not plain YAML: a key must be plain text, not a list, a mapping or an alias."],
    [`cluster: x\n${NODES}---\ncluster: y\n`, "4:1 yaml-syntax Not plain YAML: the file holds more than one document."],
  ])("%j", (text, complaint) => {
    expect(complaints(text)).toEqual([complaint]);
  });

  test("a repeated key does not hide what else is wrong", () => {
    expect(complaints(`cluster: x\ncluster: y\n${NODES}  a: [etcd]\nreads: 1\n`)).toEqual([
      '2:1 duplicate-key The key "cluster" stands twice in the same mapping.',
      '5:3 duplicate-key The key "a" stands twice in the same mapping.',
      '6:1 invalid-value "reads" must be a mapping, not the number 1.',
    ]);
  });

  test("aliases that multiply are refused", () => {
    const levels = Array.from({ length: 12 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(", ")}]\n`);
    expect(complaints(`a0: &a0 x\n${levels.join("")}`)).toEqual(["1:1 yaml-syntax Not plain YAML: its aliases multiply beyond reason."]);
  });

  test("aliases and anchors mean what they mean in YAML", () => {
    const { topology } = parse("cluster: x\nnodes:\n  a: &three [etcd, postgresql, haproxy]\n  b: *three\n", "t");
    expect(topology?.nodes["b"]?.roles).toEqual(["etcd", "postgresql", "haproxy"]);
  });

  test("an alias inside its own anchor is judged like any other value", () => {
    expect(complaints("cluster: x\nnodes: &all\n  a: *all\n")).toEqual([
      '3:3 missing-key "roles" is missing in "nodes.a".',
      '3:3 unknown-key Unknown key "a" in "nodes.a".',
    ]);
  });

  test("what an alias stands for is found where it is written", () => {
    expect(complaints("cluster: x\nnodes:\n  a: &bad [etcd, oops]\n  b: *bad\n").map((line) => line.split(" ")[0])).toEqual([
      "3:18",
      "3:18",
    ]);
  });

  test("nesting beyond reason is refused", () => {
    expect(complaints(`a: ${"[".repeat(20_000)}`).every((complaint) => complaint.includes("yaml-syntax"))).toBe(true);
    expect(complaints(`a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`).length).toBeGreaterThan(0);
  });

  test("an unknown tag is a warning", () => {
    const { topology, diagnostics } = parse(`cluster: !name x\n${NODES}`, "t");
    expect(topology?.cluster).toBe("x");
    expect(diagnostics.map(({ severity, line, column }) => [severity, line, column])).toEqual([["warning", 1, 10]]);
  });

  test("a byte order mark and line ends of Windows change nothing", () => {
    const text = exampleText("two-datacenters");
    expect(parse(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "t").topology).toEqual(parse(text, "t").topology);
  });

  test("lines and columns hold with line ends of Windows", () => {
    expect(complaints(`cluster: x\r\n${NODES.replaceAll("\n", "\r\n")}reads:\r\n  nax_lag: 1MiB\r\n`)[0]).toMatch(/^5:3 /);
  });

  test("any text gives a topology or an error, never an exception", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { topology, diagnostics } = parse(text, "t");
        expect(topology !== undefined || diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      }),
    );
  });
});

describe("places", () => {
  test("of what is not written are those of the nearest ancestor", () => {
    const { locate } = parse(`cluster: x\n${NODES}`, "topology.yaml");
    const at = (...path: (string | number)[]) => {
      const { file, line, column } = locate({ code: "x", severity: "info", path, message: "", hint: "" });
      return `${file}:${line}:${column}`;
    };
    expect([at(), at("timing", "ttl"), at("nodes"), at("nodes", "a", "publish", "rw"), at("nodes", "a", 1)]).toEqual([
      "topology.yaml:1:1",
      "topology.yaml:1:1",
      "topology.yaml:2:1",
      "topology.yaml:3:3",
      "topology.yaml:3:13",
    ]);
  });
});

describe("a text that is not read", () => {
  test("holds bytes that are no UTF-8: their place is told", () => {
    const text = decodeUtf8(Buffer.from("# first\ncluster: caf\u00E9\n", "latin1"));
    expect(complaints(text)).toEqual(["2:13 wrong-encoding A byte here is not UTF-8; the file may be in Latin-1 or UTF-16."]);
  });

  test("is larger than any topology", () => {
    expect(complaints(`cluster: x\n${"#".repeat(MAX_TEXT_LENGTH)}`)).toEqual([
      "1:1 too-large The file is larger than 1 MiB, so it was not read.",
    ]);
  });
});

describe("what people write by mistake is answered with what they meant", () => {
  const first = (text: string) => {
    const [finding] = parse(text, "topology.yaml").diagnostics;
    return `${finding?.line}:${finding?.column} ${finding?.message} ${finding?.hint}`;
  };
  const node = (resources: string) => `cluster: x\nnodes:\n  a: { roles: [etcd, postgresql, haproxy], resources: { ${resources} } }\n`;

  test.each([
    ["a name of 64 characters", `cluster: ${"x".repeat(64)}\n${NODES}`, /^1:1 .*at most 63,/],
    ["no space after a colon", `cluster:first\n${NODES}`, /A space follows the colon of a key: `cluster: first`\./],
    ["no space after the only colon", "cluster:first", /^1:1 .*A space follows the colon of a key/],
    ["a list that is not closed", "cluster: x\nnodes:\n  a: [etcd\n  b: [etcd]\n", /^4:3 .*`\[` above is not closed\. Close it with `\]`/],
    ["a mapping that is not closed", "cluster: x\nnodes: { a: [etcd]\n", /`\{` above is not closed\. Close it with `\}`/],
    [
      "memory without a unit",
      node("memory: 4096"),
      /^3:57 .*must be a size with a binary unit, like 512MiB or 4GiB, not the number 4096\./,
    ],
    ["memory with a decimal unit", node("memory: 4GB"), /must be a size with a binary unit, like 512MiB or 4GiB, not the text "4GB"\./],
    [
      "a word in place of a mapping",
      `cluster: x\n${NODES}replication: synchronous\n`,
      /Did you mean "replication: \{ mode: synchronous \}"\?/,
    ],
    [
      "a password in the topology",
      `cluster: x\n${NODES}roles: { app: { password: x } }\n`,
      /in the environment file, .*: ROLE_APP_PASSWORD\./,
    ],
  ])("%s", (_, text, answer) => {
    expect(first(text)).toMatch(answer);
  });

  test("nothing at all", () => {
    expect(parse(null as unknown as string, "topology.yaml").diagnostics).toMatchObject([{ message: "The file is empty." }]);
  });
});

test("every repetition of a key is told of, wherever it stands", () => {
  const text = `cluster: x\n${NODES}roles:\n  a: {}\n  b: { from: [10.0.0.0/8], from: [10.0.0.0/8] }\n  a: {}\n  a: {}\n`;
  expect(complaints(text)).toEqual([
    '6:28 duplicate-key The key "from" stands twice in the same mapping.',
    '7:3 duplicate-key The key "a" stands twice in the same mapping.',
    '8:3 duplicate-key The key "a" stands twice in the same mapping.',
  ]);
});
