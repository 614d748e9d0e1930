import fc from "fast-check";
import { extensionNames, PLATFORMS } from "../../platform.ts";
import { MAINTENANCE_DATABASE } from "../../roles.ts";
import type { WrittenTopology } from "../../schema/schema.ts";
import { identifier, source } from "./values.ts";

type Databases = NonNullable<WrittenTopology["databases"]>;
type Roles = NonNullable<WrittenTopology["roles"]>;

/** Databases, and the roles that they name. */
export interface Holdings {
  readonly databases: Databases;
  readonly roles: Roles;
}

/** What there is where a topology names none. */
export const DATABASES_BY_DEFAULT: Databases = { app: {} };

/** Those that every platform has: what a topology may name whatever its platform. */
const common = (where: "every database" | "one database") =>
  extensionNames(where).filter((name) => Object.values(PLATFORMS).every((platform) => Object.hasOwn(platform.extensions, name)));
export const extensions: fc.Arbitrary<string[]> = fc.subarray(common("every database"), { maxLength: 5 });
const extensionsOfOne = fc.subarray(common("one database"), { maxLength: 5 });
const ANYWHERE = new Set(extensionNames("every database"));

/** The first database keeps what only one can have. */
function once(databases: Databases): Databases {
  const taken = new Set<string>();
  const keep = (name: string) => {
    if (taken.has(name)) return false;
    if (!ANYWHERE.has(name)) taken.add(name);
    return true;
  };
  return Object.fromEntries(
    Object.entries(databases).map(([name, { extensions: drawn, ...others }]) => [
      name,
      drawn === undefined ? others : { ...others, extensions: drawn.filter(keep) },
    ]),
  );
}

const role: fc.Arbitrary<Roles[string]> = fc.record(
  { from: fc.uniqueArray(source, { minLength: 1, maxLength: 3 }), connection_limit: fc.integer({ min: 200, max: 9000 }) },
  { requiredKeys: [] },
);

/** The name of a slot is made of its database's: a server has each once. */
function slots(of: string): fc.Arbitrary<NonNullable<Databases[string]["slots"]>> {
  const slot = fc.record({ plugin: fc.constantFrom("pgoutput", "test_decoding") }, { requiredKeys: [] });
  return fc.array(slot, { maxLength: 2 }).map((all) => Object.fromEntries(all.map((one, at) => [`slot_${at}_${of.slice(0, 40)}`, one])));
}

/** Roles that stream are none of those that use the pooler. */
function database(name: string, names: readonly string[], streaming: readonly string[]): fc.Arbitrary<Databases[string]> {
  const some = fc.subarray([...names]);
  const session = name.length > 55 ? fc.constant(false) : fc.boolean();
  const owner = names.length === 0 ? fc.constant(undefined) : fc.constantFrom(...names);
  return fc.record(
    {
      owner,
      writers: some,
      readers: some,
      extensions: extensionsOfOne,
      session_alias: session,
      slots: slots(name),
      subscribers: fc.subarray([...streaming]),
    },
    { requiredKeys: [] },
  );
}

export const holdings: fc.Arbitrary<Holdings> = fc
  .record({
    roles: fc.dictionary(identifier, role, { maxKeys: 4, noNullPrototype: true }),
    names: fc.uniqueArray(identifier, { maxLength: 3 }),
    streams: fc.boolean(),
  })
  .chain(({ roles, names, streams }) => {
    // A database may have a role of its own name as its owner.
    const streaming = Object.keys(roles).filter((declaredRole, at) => streams && at === 0 && !names.includes(declaredRole));
    const declared = Object.keys(roles).filter((declaredRole) => !streaming.includes(declaredRole));
    const readers = fc.subarray(declared);
    return fc
      .record({
        own: fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), database(name, declared, streaming)))),
        maintenance: fc.option(fc.record({ readers }), { nil: undefined }),
      })
      .map(({ own, maintenance }) => ({
        roles,
        databases: { ...once(Object.fromEntries(own)), ...(maintenance === undefined ? {} : { [MAINTENANCE_DATABASE]: maintenance }) },
      }));
  });

/** More than the pools that these databases can have in one PgBouncer: three aliases for every role, and the lookup's. */
export function poolsAtMost({ databases, roles }: Holdings): number {
  const names = new Set([...Object.keys(roles), ...Object.keys(databases)]);
  return 3 * (Object.keys(databases).length + 1) * (names.size + 2);
}
