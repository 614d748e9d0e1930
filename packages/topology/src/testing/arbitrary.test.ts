import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { hasErrors } from "../diagnostic.ts";
import { parse } from "../parse/parse.ts";
import { allMembers } from "../resolve/reach.ts";
import { resolve } from "../resolve/resolve.ts";
import { topologyRules } from "../rules/index.ts";
import { topologySchema } from "../schema/schema.ts";
import { secretsOf } from "../secrets.ts";
import { stringifyYaml } from "../yaml.ts";
import { anyTopology, brokenText, validText, validTopology } from "./index.ts";

/** Everything that is said about a text; resolved and checked where it is a topology. */
function judge(text: string) {
  const { topology, diagnostics, locate } = parse(text, "topology.yaml");
  const findings = topology === undefined ? [] : topologyRules.flatMap((rule) => rule(resolve(topology)));
  return { topology, diagnostics: [...diagnostics, ...findings.map(locate)] };
}

describe("any valid topology", () => {
  test("has no error, however it is laid out", () => {
    fc.assert(
      fc.property(validText, (text) => {
        expect(judge(text).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      }),
    );
  });

  test("says the same as text and as data", () => {
    fc.assert(
      fc.property(validTopology, (topology) => {
        expect(parse(stringify(topology), "t").topology).toEqual(topologySchema.parse(topology));
      }),
    );
  });

  test("resolves to the same thing each time, without a hole", () => {
    fc.assert(
      fc.property(validTopology, (written) => {
        const { platform, ...resolved } = resolve(topologySchema.parse(written));
        expect(platform.id).toBe(written.platform ?? "debian-13");
        expect(stringifyYaml(resolved)).not.toMatch(/undefined|NaN|\[object/);
        const { platform: _, ...again } = resolve(topologySchema.parse(written));
        expect(stringifyYaml(again)).toBe(stringifyYaml(resolved));
      }),
    );
  });

  test("gives every member, variable and alias a name of its own", () => {
    fc.assert(
      fc.property(anyTopology, (topology) => {
        const names = [
          allMembers(topology).map(({ name }) => name),
          topology.aliases.map(({ name }) => name),
          [...secretsOf(topology), ...allMembers(topology).flatMap(({ published }) => published)].map(({ variable }) => variable),
        ];
        for (const kind of names) expect(new Set(kind).size).toBe(kind.length);
      }),
    );
  });
});

test("a broken topology is judged, and never throws; where it cannot be valid, an error says so", () => {
  fc.assert(
    fc.property(brokenText, ({ text, certain }) => {
      const { topology, diagnostics } = judge(text);
      expect(topology !== undefined || hasErrors(diagnostics)).toBe(true);
      if (certain) expect(hasErrors(diagnostics)).toBe(true);
      for (const { line, column, message, hint } of diagnostics) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
        expect(`${message} ${hint}`).not.toMatch(/Invalid input|undefined|\[object/);
      }
    }),
  );
});

test("five hundred nodes are read, resolved and checked in well under a second", () => {
  const roles = ["etcd", "postgresql", "haproxy", "pgbouncer"];
  const nodes = Array.from({ length: 500 }, (_, index) => `  n${index}: { roles: [${roles[index % 4]}] }\n`);
  const networks =
    "networks: { front: 10.0.0.0/16, database: 10.1.0.0/16, pooled: 10.2.0.0/16, dcs: 10.3.0.0/16, operator: 10.4.0.0/16 }\n";
  const text = `cluster: large\n${networks}nodes:\n${nodes.join("")}`;
  const seconds = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    expect(judge(text).topology).toBeDefined();
    expect(judge(text.replaceAll("roles", "role")).diagnostics).toHaveLength(1000);
    return process.cpuUsage(start).user / 1e6;
  });
  expect(Math.min(...seconds)).toBeLessThan(1);
});
