import fc from "fast-check";
import { stringify } from "yaml";
import { NODE_ROLES } from "../../roles.ts";
import { anyText, HOSTILE_STRINGS, printableText } from "../texts.ts";
import { validText, validTopology } from "./topology.ts";

/** A topology that was valid before something happened to it. */
export interface BrokenText {
  readonly text: string;
  /** Whether it cannot be valid any more. */
  readonly certain: boolean;
}

type Path = readonly (string | number)[];

/** Paths of everything inside a value. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  const steps = Array.isArray(value) ? value.map((inner: unknown, index) => [index, inner] as const) : Object.entries(value);
  return [path, ...steps.flatMap(([step, inner]) => pathsIn(inner, [...path, step]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], value);
}

/** The entries that stand in place of one. */
type Change = (key: string, value: unknown) => readonly (readonly [string, unknown])[];

function changedAt(value: unknown, [step, ...rest]: Path, change: Change): unknown {
  if (step === undefined || value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (key !== String(step)) return [[key, inner] as const];
    return rest.length === 0 ? change(key, inner) : [[key, changedAt(inner, rest, change)] as const];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** Breaks a topology in one of the places that are asked for; `undefined` where there is none. */
function broken(places: (path: Path, value: unknown) => boolean, change: fc.Arbitrary<Change>, certain = true): fc.Arbitrary<BrokenText> {
  return fc
    .tuple(validTopology, fc.nat(), change)
    .map(([topology, place, apply]) => {
      const paths = pathsIn(topology).filter((path) => path.length > 0 && places(path, valueAt(topology, path)));
      const path = paths[place % paths.length];
      return path === undefined ? undefined : stringify(changedAt(topology, path, apply));
    })
    .filter((text) => text !== undefined)
    .map((text) => ({ text, certain }));
}

const everywhere = () => true;
const replaceBy =
  (value: unknown): Change =>
  (key) => [[key, value]];
const renameTo =
  (name: string): Change =>
  (_, value) => [[name, value]];

/** Nothing that takes names takes one of these: they begin as none may, or could be no key of an object. */
const noName = fc
  .oneof(fc.constantFrom(...HOSTILE_STRINGS, "__proto__"), printableText)
  .filter((text) => !/^[a-z_]/.test(text) || text === "__proto__");

const NAMED = ["nodes", "databases", "roles"];
const isNamed = (path: Path) => path.length === 2 && NAMED.includes(String(path[0]));
/** Texts that become names of hosts, files and roles. */
const isName = (path: Path) =>
  path.length === 1
    ? path[0] === "cluster"
    : ["datacenters", "owner", "writers", "readers", "roles"].includes(String(path.at(-1) === 0 ? path.at(-2) : path.at(-1)));

/** A free parameter's number is the daemon's to judge. */
const isOwnNumber = (path: Path, value: unknown) => typeof value === "number" && path[0] !== "parameters";
/** A mapping whose keys are the schema's, not names. */
const isSection = (path: Path, value: unknown) =>
  typeof value === "object" && !Array.isArray(value) && !NAMED.includes(String(path.at(-1))) && path[0] !== "parameters";

/** No topology works without any of these. */
const needed = fc.constantFrom(...NODE_ROLES.filter((role) => role !== "pgbouncer"));

const DATA: readonly fc.Arbitrary<BrokenText>[] = [
  // A key that has to be there is not.
  broken(
    (path) => path.length === 1 && ["cluster", "nodes"].includes(String(path[0])),
    fc.constant(() => []),
  ),
  broken(
    everywhere,
    fc.constant(() => []),
    false,
  ),
  // A value of a kind that nothing takes, or of any kind.
  broken(everywhere, fc.constantFrom(null, [null], { "?": null }).map(replaceBy)),
  broken(everywhere, fc.jsonValue().map(replaceBy), false),
  // Numbers that nothing takes.
  broken(isOwnNumber, fc.constantFrom(-1, 1e15, 0.05, Number.NaN, Number.POSITIVE_INFINITY, "1", true).map(replaceBy)),
  // Names that nothing takes, as keys and as values.
  broken(isNamed, noName.map(renameTo)),
  broken((path, value) => typeof value === "string" && isName(path), noName.map(replaceBy)),
  broken((_, value) => typeof value === "string", printableText.map(replaceBy), false),
  // Keys that are not known, misspelt or moved.
  broken(
    isSection,
    noName.map((name) => (key, value) => [[key, { ...(value as object), [name]: 1 }]]),
  ),
  broken(everywhere, fc.string({ maxLength: 12 }).map(renameTo), false),
  // A role that every cluster needs, taken from all nodes; one given twice.
  fc.tuple(validTopology, needed).map(([topology, role]) => {
    const nodes = Object.entries(topology.nodes).map(([name, node]) => {
      const { roles, ...rest } = Array.isArray(node) ? { roles: node } : node;
      return [name, { ...rest, roles: roles.filter((other) => other !== role) }];
    });
    return { text: stringify({ ...topology, nodes: Object.fromEntries(nodes) as unknown }), certain: true };
  }),
  broken(
    (path) => path[0] === "nodes" && typeof path.at(-1) === "number",
    fc.constant((key: string, value: unknown) => [
      [key, value],
      [`${key}0`, value],
    ]),
  ),
];

const bytes = new TextEncoder();
const characters = new TextDecoder();

const TEXT: readonly fc.Arbitrary<BrokenText>[] = [
  // Said twice, in one document and in two.
  validTopology.map((topology) => ({ text: `${stringify(topology, { collectionStyle: "block" })}cluster: again\n`, certain: true })),
  fc.tuple(validText, validText).map((texts) => ({ text: texts.join("\n---\n"), certain: true })),
  // No topology at all.
  anyText.map((text) => ({ text, certain: true })),
  // Cut off anywhere; characters replaced; bytes replaced, as by a bad disk or another encoding.
  fc.tuple(validText, fc.nat()).map(([text, place]) => ({ text: text.slice(0, place % text.length), certain: false })),
  fc.tuple(validText, fc.nat(), fc.nat(5), anyText).map(([text, place, length, inserted]) => {
    const at = place % text.length;
    return { text: text.slice(0, at) + inserted + text.slice(at + length), certain: false };
  }),
  fc.tuple(validText, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 })).map(([text, noise]) => {
    const damaged = bytes.encode(text);
    for (const [place, byte] of noise) damaged[place % damaged.length] = byte;
    return { text: characters.decode(damaged), certain: false };
  }),
];

/** A topology after an accident: keys lost, values of the wrong kind, hostile names, repeated keys, damaged text. */
export const brokenText: fc.Arbitrary<BrokenText> = fc.oneof(...DATA, ...TEXT);
