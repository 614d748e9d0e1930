import { shippedWith } from "@matriarch/patroni-config/testing";
import { PLATFORMS } from "@matriarch/topology";
import { topologyOf } from "@matriarch/topology/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTrial, type TrialInstance } from "../trial-instance.ts";
import { askScript, readContents } from "./contents.ts";
import { type ExtensionBundle, extensionBundle } from "./bundle.ts";
import { USES } from "./uses.ts";

const { extensions } = PLATFORMS["debian-13"];

/** Scripts of some extensions hold such words; the server's own messages begin with a time and end with these. */
const COMPLAINT = /^\d{4}-\S+ \S+ UTC \[\d+\].* (WARNING|ERROR|FATAL|PANIC): {2}/;
/** Until the bootstrap has made its database, pg_cron's launcher ends and is started again each second. */
const EXPECTED = 'FATAL:  database "app" does not exist';

describe("an instance with every extension of debian-13", () => {
  let bundle: ExtensionBundle;
  let trial: TrialInstance;
  const psql = (sql: string) =>
    bundle.exec(bundle.node, ["psql", "--no-psqlrc", "-qAt", "--set=ON_ERROR_STOP=1", "--dbname=app"], `${sql};\n`);

  beforeAll(async () => {
    bundle = await extensionBundle();
    trial = await startTrial(bundle, bundle.node);
  }, 300_000);
  afterAll(() => bundle.remove());

  test("starts with every library and parameter that they need", async () => {
    const rows = await trial.rows("SELECT name FROM pg_file_settings WHERE error IS NOT NULL OR NOT applied");
    expect(rows).toEqual([]);
    expect(trial.parameters["shared_preload_libraries"]).toBe("auto_explain,pg_cron,pg_stat_statements,pgaudit,set_user,timescaledb");
  });

  test("is bootstrapped in silence, and the second time nothing changes", async () => {
    const silence = { exitCode: 0, stdout: "", stderr: "" };
    const script = `/etc/matriarch/rendered/current/${bundle.node}/bootstrap.sh`;
    const dump = async () => (await trial.run("pg_dump", "--schema-only", "app")).stdout.replace(/^\\(un)?restrict .*$/gm, "");
    expect(await trial.run(script)).toEqual(silence);
    const first = await dump();
    expect(await trial.run(script)).toEqual(silence);
    expect(await dump()).toBe(first);
    const created = Object.keys(extensions).filter((name) => extensions[name]?.schema !== null);
    const { stdout } = await psql("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'");
    expect(stdout.trimEnd().split("\n").toSorted()).toEqual(created.toSorted());
  });

  test.each(Object.keys(extensions))("%s does what it is for", async (name) => {
    const { ask, answer } = USES[name] ?? { ask: "", answer: "a use in the table" };
    expect(await psql(ask)).toMatchObject({ exitCode: 0, stdout: answer === "" ? "\n" : `${answer}\n` });
  });

  test("pg_repack's client repacks a table from inside the node's image", async () => {
    await psql("CREATE TABLE repacked (a int PRIMARY KEY)");
    const { exitCode, stderr } = await trial.run("pg_repack", "--dbname=app", "--table=repacked");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'INFO: repacking table "public.repacked"\n' });
  });

  test("pgaudit writes what is asked for into the log, without passwords", async () => {
    await psql("ALTER ROLE app PASSWORD 'opensesame'");
    const log = await trial.log();
    expect(log).toContain("AUDIT: SESSION,1,1,ROLE,ALTER ROLE,,,ALTER ROLE app PASSWORD <REDACTED>");
    expect(log).not.toContain("opensesame");
  });

  test("what Debian leaves out of timescaledb says so", async () => {
    const { stderr } = await psql("SELECT add_retention_policy('ts_t', interval '1 day')");
    expect(stderr).toContain('function "add_retention_policy" is not supported under the current "apache" license');
  });

  test("holds the libraries and programs by which topologies are judged: else run `pnpm platforms:extensions`", async () => {
    const said = readContents(await bundle.ask(bundle.node, ["sh", "-s"], await askScript()));
    const shipped = shippedWith(topologyOf("cluster: c\nnodes: { n: [postgresql] }"));
    // Extensions bring programs of their own: those do not count.
    const programs = shipped?.programs.filter((program) => said.programs.includes(program));
    expect({ ...said, programs }).toEqual(shipped);
  });

  test("logs no complaint of its own", async () => {
    const complaints = (await trial.log()).split("\n").filter((line) => COMPLAINT.test(line) && !line.includes(EXPECTED));
    expect(complaints.filter((line) => !line.includes('"apache" license'))).toEqual([]);
  });
});
