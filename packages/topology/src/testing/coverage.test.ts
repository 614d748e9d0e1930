import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PLATFORMS } from "../platform.ts";
import { resolve } from "../resolve/resolve.ts";
import type { Topology } from "../resolve/topology.ts";
import { NODE_ROLES } from "../roles.ts";
import { topologyJsonSchema, topologySchema } from "../schema/schema.ts";
import { TIMING_PRESETS } from "../timing.ts";
import { validTopology } from "./index.ts";

/** As many as continuous integration tries, and always the same ones. */
const SAMPLE = fc.sample(validTopology, { seed: 3, numRuns: 500 });
const RESOLVED = SAMPLE.map((written) => resolve(topologySchema.parse(written)));

type Schema = z.core.JSONSchema.BaseSchema;

const isSchema = (inner: unknown): inner is Schema => typeof inner === "object" && inner !== null;
const accepts = new WeakMap<Schema, z.ZodType>();

function fits(schema: Schema, value: unknown): boolean {
  const known = accepts.get(schema) ?? z.fromJSONSchema(schema);
  accepts.set(schema, known);
  return known.safeParse(value).success;
}

/** Keys that the schema does not name: nodes, databases, roles, parameters. */
function entriesOf(schema: Schema, value: unknown): [string, unknown][] {
  return Object.entries(value ?? {}).filter(([key]) => schema.properties?.[key] === undefined);
}

/**
 * What can be seen of a schema in values: which of an enumeration's members, whether an optional key is there, which form
 * of several. Without a value: everything that there is to see. With one: what it shows.
 */
function sights(schema: Schema, place: string, ...values: readonly [unknown] | readonly []): string[] {
  const [value] = values;
  const all = values.length === 0;
  const inner = (at: Schema, name: string, of: unknown) => (all ? sights(at, name) : sights(at, name, of));
  if (schema.anyOf !== undefined) {
    return schema.anyOf
      .filter(isSchema)
      .flatMap((form, index) => (all || fits(form, value) ? [`${place}, form ${index + 1}`, ...inner(form, place, value)] : []));
  }
  const members = schema.const === undefined ? (schema.enum ?? (schema.type === "boolean" ? [true, false] : [])) : [schema.const];
  const required = schema.required ?? [];
  const keys = Object.entries(schema.properties ?? {}).flatMap(([key, at]) => {
    const there = all || (Object.hasOwn(value as object, key) && (value as Record<string, unknown>)[key] !== undefined);
    const absent = !required.includes(key) && (all || !there) ? [`${place}.${key} left out`] : [];
    const present =
      there && isSchema(at) ? [`${place}.${key} written`, ...inner(at, `${place}.${key}`, (value as Record<string, unknown>)?.[key])] : [];
    return [...absent, ...present];
  });
  const entries = isSchema(schema.additionalProperties) ? schema.additionalProperties : undefined;
  const items = isSchema(schema.items) && !Array.isArray(schema.items) ? schema.items : undefined;
  return [
    ...members.filter((member) => all || member === value).map((member) => `${place} is ${String(member)}`),
    ...keys,
    ...(entries === undefined
      ? []
      : (all ? [["*", undefined] as const] : entriesOf(schema, value)).flatMap(([, of]) => inner(entries, `${place}.*`, of))),
    ...(items === undefined ? [] : (all ? [undefined] : (value as unknown[])).flatMap((of) => inner(items, `${place}[]`, of))),
  ];
}

test("the generator shows everything that the schema tells apart: each value, each key written and left out, each form", () => {
  const schema: Schema = topologyJsonSchema();
  const seen = new Set(SAMPLE.flatMap((written) => sights(schema, "", written)));
  const wanted = sights(schema, "");
  expect(wanted.length).toBeGreaterThan(150);
  expect(wanted.filter((sight) => !seen.has(sight))).toEqual([]);
});

const count = (members: readonly unknown[]) =>
  members.length === 0 ? "no" : members.length === 1 ? "one" : members.length === 2 ? "two" : "several";

function layoutOf({ datacenters, nodes, etcd }: Topology): string {
  const used = datacenters.filter((name) => nodes.some(({ datacenter }) => datacenter === name));
  if (used.length === 1) return "one datacenter";
  const holder = used.findIndex((name) => 2 * etcd.filter(({ datacenter }) => datacenter === name).length > etcd.length);
  const where =
    holder === -1 ? "nowhere" : used.length === 2 && holder === 1 ? "in the second" : used.length === 2 ? "in the first" : "in one";
  return `${count(used)} datacenters, etcd's majority ${where}`;
}

function placementOf({ nodes }: Topology): string {
  if (nodes.every(({ roles }) => roles.length === 1)) return "a node for each role";
  return nodes.some(({ roles }) => roles.length === NODE_ROLES.length) ? "all roles on one node" : "some roles together";
}

function timingOf({ timing }: Topology): string {
  const preset = Object.entries(TIMING_PRESETS).find(([, numbers]) =>
    Object.entries(numbers).every(([key, number]) => timing[key as keyof typeof timing] === number),
  );
  return preset?.[0] ?? "numbers of its own";
}

interface Dimension {
  readonly wanted: readonly string[];
  readonly of: (topology: Topology) => string | readonly string[];
}

const { shape } = topologySchema;
const LAYOUTS = [
  "one datacenter",
  ...["in the first", "in the second", "nowhere"].map((where) => `two datacenters, etcd's majority ${where}`),
  ...["in one", "nowhere"].map((where) => `several datacenters, etcd's majority ${where}`),
];
const MODES = shape.replication.unwrap().shape.mode.unwrap().options;

/** What shows only after resolution, or in the tables behind the schema. */
const DIMENSIONS: Readonly<Record<string, Dimension>> = {
  platform: { wanted: Object.keys(PLATFORMS), of: ({ platform }) => platform.id },
  version: {
    wanted: Object.entries(PLATFORMS).flatMap(([id, { versions }]) => versions.postgresql.map((major) => `${id} ${major}`)),
    of: ({ platform, postgresqlVersion }) => `${platform.id} ${postgresqlVersion}`,
  },
  extension: {
    wanted: [...new Set(Object.values(PLATFORMS).flatMap(({ extensions }) => Object.keys(extensions)))],
    of: ({ databases }) => databases.flatMap(({ extensions }) => extensions),
  },
  timing: { wanted: [...Object.keys(TIMING_PRESETS), "numbers of its own"], of: timingOf },
  layout: { wanted: LAYOUTS, of: layoutOf },
  placement: { wanted: ["a node for each role", "some roles together", "all roles on one node"], of: placementOf },
  members: {
    wanted: ["no pgbouncer", ...NODE_ROLES.flatMap((kind) => ["one", "two", "several"].map((number) => `${number} ${kind}`))],
    of: (topology) => NODE_ROLES.map((kind) => `${count(topology[kind])} ${kind}`),
  },
  databases: {
    wanted: [
      "no databases",
      "one databases",
      "several databases",
      "a writer who reads",
      "an owner who writes",
      "an owner by default",
      "an owner who was chosen",
      "nobody but the owner",
    ],
    of: ({ databases }) => [
      `${count(databases.filter(({ owner }) => owner !== null))} databases`,
      ...databases.flatMap(({ name, owner, writers, readers }) => [
        ...(writers.some((writer) => readers.includes(writer)) ? ["a writer who reads"] : []),
        ...(owner !== null && writers.includes(owner) ? ["an owner who writes"] : []),
        ...(writers.length + readers.length === 0 ? ["nobody but the owner"] : []),
        ...(owner === name ? ["an owner by default"] : ["an owner who was chosen"]),
      ]),
    ],
  },
};

describe("the generator shows", () => {
  test.each(Object.entries(DIMENSIONS))("every %s", (_, { wanted, of }) => {
    const seen = new Set(RESOLVED.flatMap(of));
    expect(wanted.filter((value) => !seen.has(value))).toEqual([]);
  });
});

/** Choices that meet in more than one file. */
const CHOICES: Readonly<Record<string, Dimension>> = {
  mode: { wanted: MODES, of: ({ replication }) => replication.mode },
  layout: { wanted: LAYOUTS, of: layoutOf },
  "client certificates": { wanted: ["true", "false"], of: ({ tls }) => String(tls.clientCertificates) },
  authority: { wanted: ["own", "brought"], of: ({ tls }) => (tls.ca === "own" ? "own" : "brought") },
  "on the loss of the DCS": { wanted: ["true", "false"], of: ({ failsafe }) => String(failsafe) },
  pools: { wanted: shape.pools.unwrap().shape.mode.unwrap().options, of: ({ pools }) => pools.mode },
  pooler: { wanted: ["true", "false"], of: ({ pgbouncer }) => String(pgbouncer.length > 0) },
};

const pairs = Object.keys(CHOICES).flatMap((a, index) =>
  Object.keys(CHOICES)
    .slice(index + 1)
    .map((b) => [a, b] as const),
);

test.each(pairs)("the generator shows every %s with every %s", (a, b) => {
  const [first, second] = [CHOICES[a], CHOICES[b]];
  const seen = new Set(RESOLVED.map((topology) => `${String(first?.of(topology))} / ${String(second?.of(topology))}`));
  const wanted = first?.wanted.flatMap((left) => second?.wanted.map((right) => `${left} / ${right}`) ?? []) ?? [];
  expect(wanted.length).toBeGreaterThan(3);
  expect(wanted.filter((pair) => !seen.has(pair))).toEqual([]);
});
