import { z } from "zod";
import type { CheckedBundle } from "./checked-bundle.ts";
import type { Outcome } from "./process.ts";

const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** What Patroni hands on to PostgreSQL. */
const patroniSchema = z.object({
  bootstrap: z.object({
    dcs: z.object({ postgresql: z.object({ parameters }) }),
    initdb: z.array(z.union([z.string(), z.record(z.string(), z.string())])),
  }),
  postgresql: z.object({ parameters, pg_hba: z.array(z.string()), pg_ident: z.array(z.string()).default([]) }),
});

/** What a trial needs of a bundle. */
export type TrialBundle = Pick<CheckedBundle, "read" | "exec" | "ask">;

/** A throw-away PostgreSQL with exactly what one node's patroni.yml says, started without Patroni. */
export interface TrialInstance {
  /** Parameters of both sections, by name. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly hba: readonly string[];
  readonly ident: readonly string[];
  /** Rows of a query, as objects. */
  rows(query: string): Promise<unknown[]>;
  run(...command: string[]): Promise<Outcome>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Beside Patroni's own data directory, which its checker looks at. */
const DATA = "/var/lib/postgresql/trial";
const LOG = "/tmp/trial.log";

/** postgresql.conf's own quoting: everything may stand in single quotes. */
function formatParameter([name, value]: readonly [string, string | number | boolean]): string {
  return `${name} = '${String(value).replaceAll("\\", "\\\\").replaceAll("'", "''")}'\n`;
}

function initdbOption(option: string | Readonly<Record<string, string>>): string[] {
  return typeof option === "string" ? [`--${option}`] : Object.entries(option).map(([name, value]) => `--${name}=${value}`);
}

/** Nothing in it is special to the shell. */
function here(file: string, text: string): string {
  return `cat > ${DATA}/${file} <<'END OF ${file}'\n${text}\nEND OF ${file}\n`;
}

/** Makes and starts the instance in a node's container, as Patroni would: initdb's options, parameters and access lines. */
export async function startTrial(bundle: TrialBundle, node: string): Promise<TrialInstance> {
  const ask = (...command: string[]) => bundle.ask(node, command);
  // By the parser that Patroni has.
  const toJson = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";
  const patroni = await bundle.ask(node, ["python3", "-c", toJson], await bundle.read(`${node}/patroni.yml`));
  const { bootstrap, postgresql } = patroniSchema.parse(JSON.parse(patroni));
  const all = { ...bootstrap.dcs.postgresql.parameters, ...postgresql.parameters };
  const script = [
    `initdb --no-sync --username=postgres --pgdata=${DATA} ${bootstrap.initdb.flatMap(initdbOption).join(" ")}\n`,
    here("postgresql.conf", Object.entries(all).map(formatParameter).join("")),
    here("pg_hba.conf", postgresql.pg_hba.join("\n")),
    here("pg_ident.conf", postgresql.pg_ident.join("\n")),
    `pg_ctl start --silent --wait --pgdata=${DATA} --log=${LOG} --options='-c listen_addresses=' || { cat ${LOG} >&2; exit 1; }\n`,
  ];
  await bundle.ask(node, ["sh", "-eu"], script.join(""));
  return {
    parameters: all,
    hba: postgresql.pg_hba.filter((line) => !line.startsWith("#")),
    ident: postgresql.pg_ident.filter((line) => !line.startsWith("#")),
    rows: async (query) => {
      const json = await ask(
        "psql",
        "--no-psqlrc",
        "--no-align",
        "--tuples-only",
        "--command",
        `SELECT coalesce(json_agg(row_to_json(t)), '[]') FROM (${query}) t`,
      );
      return z.array(z.unknown()).parse(JSON.parse(json));
    },
    run: (...command) => bundle.exec(node, command),
    log: () => ask("cat", LOG),
    stop: async () => void (await ask("sh", "-c", `pg_ctl stop --silent --mode=immediate --pgdata=${DATA}; rm -r ${DATA} ${LOG}`)),
  };
}
