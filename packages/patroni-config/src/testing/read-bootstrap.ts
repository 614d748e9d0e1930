import { type Extension, PLATFORMS } from "@matriarch/topology";
import type { BootstrapPlan, DatabasePlan, ExtensionPlan, RolePlan } from "../model.ts";
import { readSql, type Statement } from "./read-sql.ts";

/** What the statements of `bootstrap.sql` bring about, found by the words that they start with. */
interface Effects {
  /** Names in statements of this shape, in order; `*` is any name, the last one any number of them with commas between. */
  readonly named: (database: string | null, ...shape: readonly string[]) => string[][];
  readonly statements: ReadonlyMap<string | null, readonly Statement[]>;
}

/** Names where the statement starts with this shape. */
function namesIn({ words }: Statement, shape: readonly string[]): string[] | undefined {
  const names: string[] = [];
  for (const [at, wanted] of shape.entries()) {
    const word = words[at];
    if (wanted === "*" ? word?.kind !== "name" : word?.kind === "name" || word?.value !== wanted) return undefined;
    if (wanted === "*") names.push(word?.value ?? "");
  }
  for (let at = shape.length; words[at]?.value === "," && words[at + 1]?.kind === "name"; at += 2) names.push(words[at + 1]?.value ?? "");
  return names;
}

/** Statements by the database that they run in; `null`: the one that psql starts in. What `\gexec` runs stands for itself. */
function readEffects(text: string): Effects {
  const statements = new Map<string | null, Statement[]>([[null, []]]);
  let database: string | null = null;
  for (const statement of readSql(text)) {
    const [first, second] = statement.words;
    if (statement.kind === "command" && first?.value === "connect") statements.set((database = second?.value ?? ""), []);
    else if (statement.kind === "gexec" && second?.value.startsWith("CREATE "))
      statements.get(database)?.push(...readSql(`${second.value};`));
    else statements.get(database)?.push(statement);
  }
  const named = (at: string | null, ...shape: readonly string[]) =>
    (statements.get(at) ?? []).flatMap((statement) => {
      const names = namesIn(statement, shape);
      return names === undefined ? [] : [names];
    });
  return { named, statements };
}

function readRole({ named, statements }: Effects, name: string): RolePlan {
  const alter = statements.get(null)?.find((statement) => namesIn(statement, ["ALTER", "ROLE", "*"])?.[0] === name);
  const words = alter?.words.map(({ value }) => value) ?? [];
  const limit = Number(words[words.indexOf("LIMIT") + 1]);
  return {
    name,
    replication: words.includes("REPLICATION"),
    password: !words.join(" ").endsWith("PASSWORD NULL"),
    connectionLimit: limit === -1 ? null : limit,
    memberOf: named(null, "GRANT", "*", "TO", "*").flatMap(([group = "", member]) => (member === name ? [group] : [])),
  };
}

/** Rights on what extensions make, as the platforms' rows have them, in their order. */
const RIGHTS = [
  ...new Set(
    Object.values(PLATFORMS).flatMap(({ extensions }) =>
      Object.values<Extension>(extensions).flatMap(({ grants }) => (grants ?? []).map(({ rights }) => rights)),
    ),
  ),
].toSorted();

function readExtension(statement: Statement): ExtensionPlan | undefined {
  const [name] = namesIn(statement, ["CREATE", "EXTENSION", "IF", "NOT", "EXISTS", "*"]) ?? [];
  if (name === undefined) return undefined;
  return { name, schema: statement.words.at(-2)?.value === "SCHEMA" && statement.words.at(-1)?.value === "public" ? "public" : null };
}

const ON = (what: string) => ["ON", what, "TO", "*"];

function readDatabase({ named, statements }: Effects, name: string, created: ReadonlyMap<string, string>): DatabasePlan {
  const grantees = (...words: string[]) => named(null, ...words).flatMap(([database, ...roles]) => (database === name ? roles : []));
  const byDefault = (rights: string) =>
    named(name, "ALTER", "DEFAULT", "PRIVILEGES", "FOR", "ROLE", "*", "GRANT", ...rights.split(" "), ...ON("TABLES")).flatMap(
      ([, ...roles]) => roles,
    );
  return {
    name,
    owner: created.get(name) ?? null,
    extensions: statements.get(name)?.flatMap((statement) => readExtension(statement) ?? []) ?? [],
    extensionGrants: RIGHTS.flatMap((rights) => named(name, "GRANT", ...rights.split(" "), "TO", "*").map((roles) => ({ rights, roles }))),
    writers: byDefault("SELECT , INSERT , UPDATE , DELETE"),
    readers: byDefault("SELECT"),
    connect: grantees("GRANT", "CONNECT", "ON", "DATABASE", "*", "TO", "*"),
    publicUsers: named(name, "GRANT", "USAGE", "ON", "SCHEMA", "public", "TO", "*").flat(),
  };
}

/** `bootstrap.sql` back to its plan. The maintenance database has no owner, so it shows neither writers nor readers. */
export function readBootstrap(text: string): BootstrapPlan {
  const effects = readEffects(text);
  const { named, statements } = effects;
  const created = new Map(named(null, "CREATE", "DATABASE", "*", "OWNER", "*").map(([name = "", owner = ""]) => [name, owner]));
  const databases = [...statements.keys()].filter((name): name is string => name !== null && name !== "template1");
  const [first = ""] = databases;
  const only = (...shape: readonly string[]) => named(first, ...shape)[0]?.at(-1) ?? "";
  return {
    superuser: only("ALTER", "SCHEMA", "pgbouncer", "OWNER", "TO", "*"),
    lookup: only("GRANT", "USAGE", "ON", "SCHEMA", "pgbouncer", "TO", "*"),
    rewind: only(..."GRANT EXECUTE ON FUNCTION pg_read_binary_file ( text ) TO *".split(" ")),
    roles: named(null, "CREATE", "ROLE", "*").map(([name = ""]) => readRole(effects, name)),
    databases: databases.map((name) => readDatabase(effects, name, created)),
  };
}

/** The passwords that `passwords.sql` sets, in order. */
export function readPasswords(text: string): { readonly role: string; readonly password: string }[] {
  return readSql(text).flatMap(({ words: [alter, , role, keyword, password] }) =>
    alter?.value === "ALTER" && keyword?.value === "PASSWORD" && password?.kind === "text"
      ? [{ role: role?.value ?? "", password: password.value }]
      : [],
  );
}
