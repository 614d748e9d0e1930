// What a reset of server connections costs at every release (`server_reset_query_always`), measured on a running cluster:
// pgbench -S through PgBouncer, HAProxy and PostgreSQL. The choices take turns, so that a busy machine slows all of them.
// `pnpm bench:pools CLUSTER_DIR [ROUNDS [SECONDS]]`: CLUSTER_DIR is the bundle of a cluster that runs.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { readMachine } from "./machine.ts";
import { measurementOf } from "./measurement.ts";

/** What PgBouncer sends when a client gives its connection back; `null`: nothing. */
const CHOICES: Readonly<Record<string, string | null>> = {
  nothing: null,
  "one setting": "RESET search_path",
  "RESET ALL": "RESET ALL",
  "RESET ALL and locks": "RESET ALL; SELECT pg_catalog.pg_advisory_unlock_all()",
  "DISCARD ALL": "DISCARD ALL",
};
const PROTOCOLS = ["simple", "prepared"] as const;
const CLIENTS = 8;

/** The cost that a default may have. */
const ALLOWED_LOSS = 0.15;

function run(command: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", input });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
  return stdout;
}

interface Bundle {
  readonly folder: string;
  readonly pooler: string;
  readonly image: string;
  readonly service: string;
  readonly conninfo: string;
}

/** Finds the first pooler of the bundle, and the way to it that no proxy of the engine is part of. */
function readBundle(folder: string): Bundle {
  const compose = readFileSync(path.join(folder, "compose.yaml"), "utf8");
  const scope = /^"?name"?: "?([^"\n]+)"?$/m.exec(compose)?.[1] ?? "";
  const label = (role: string) => `label=matriarch.role=${role}`;
  const names = (role: string) =>
    run("docker", ["ps", "--filter", label(role), "--filter", `name=^${scope}-`, "--format", "{{.Names}}"])
      .trim()
      .split("\n");
  const pooler = names("pgbouncer").toSorted()[0] ?? "";
  const address = run("docker", ["inspect", "--format", `{{(index .NetworkSettings.Networks "${scope}_front").IPAddress}}`, pooler]).trim();
  const service = /psql service=(\S+_rw)$/m.exec(readFileSync(path.join(folder, "README.md"), "utf8"))?.[1] ?? "app_rw";
  const usual = /"service=(\S+)"/.exec(readFileSync(path.join(folder, "cluster"), "utf8"))?.[1] ?? service;
  return {
    folder: path.resolve(folder),
    pooler,
    image: `matriarch/${scope}-postgresql:latest`,
    service: usual,
    conninfo: `service=${usual} hostaddr=${address} port=6432`,
  };
}

/** pgbench of the cluster's own image, in the network of its clients. */
function pgbench({ folder, image, pooler, conninfo }: Bundle, args: readonly string[]): string {
  const where = ["--network", `container:${pooler}`, "--user", "0:0", "--volume", `${folder}:/bundle:ro`, "--workdir", "/bundle"];
  const what = ["--env", "PGSERVICEFILE=pg_service.conf", "--entrypoint", "/usr/lib/postgresql/17/bin/pgbench", image];
  return run("docker", ["run", "--rm", ...where, ...what, ...args, conninfo]);
}

function setReset({ pooler }: Bundle, query: string | null): void {
  const settings = [`SET server_reset_query = '${query ?? "DISCARD ALL"}';`, `SET server_reset_query_always = ${query === null ? 0 : 1};`];
  for (const setting of [...settings, "RECONNECT;"]) run("docker", ["exec", pooler, "psql", "-X", "-q", "-U", "pgbouncer", "-c", setting]);
}

/** Transactions a second. */
function measure(bundle: Bundle, protocol: string, seconds: number): number {
  const output = pgbench(bundle, ["-n", "-S", "-c", String(CLIENTS), "-j", "2", "-M", protocol, "-T", String(seconds)]);
  const tps = Number(/tps = ([0-9.]+)/.exec(output)?.[1]);
  if (!(tps > 0)) throw new Error(`pgbench says no transactions: ${output}`);
  return tps;
}

function measureRounds(bundle: Bundle, rounds: number, seconds: number): void {
  for (const protocol of PROTOCOLS) {
    const samples = new Map(Object.keys(CHOICES).map((name) => [name, [] as number[]]));
    const ratios = new Map(Object.keys(CHOICES).map((name) => [name, [] as number[]]));
    for (let round = 0; round < rounds; round++) {
      let base = 0;
      for (const [name, query] of Object.entries(CHOICES)) {
        setReset(bundle, query);
        const tps = measure(bundle, protocol, seconds);
        if (query === null) base = tps;
        samples.get(name)?.push(tps);
        ratios.get(name)?.push(tps / base);
      }
    }
    for (const [name, values] of samples) {
      const ratio = measurementOf(name, "ms", ratios.get(name) ?? []).median;
      const verdict = ratio >= 1 - ALLOWED_LOSS ? "within" : "BEYOND";
      const tps = measurementOf(name, "ms", values).median;
      console.log(
        `${protocol.padEnd(9)} ${name.padEnd(20)} ${tps.toFixed(0).padStart(7)} tps ${ratio.toFixed(2)} of nothing  ${verdict} 15 %`,
      );
    }
  }
}

const [folder, rounds = "5", seconds = "5", ...rest] = process.argv.slice(2).filter((argument) => argument !== "--");
if (folder === undefined || rest.length > 0 || !(Number(rounds) > 0) || !(Number(seconds) > 0)) {
  console.error("Usage: pnpm bench:pools CLUSTER_DIR [ROUNDS [SECONDS]]");
  process.exitCode = 2;
} else {
  const bundle = readBundle(folder);
  const { cpu, processors, load } = readMachine();
  console.log(
    `${cpu}, ${processors} processors; load before: ${load}. ${rounds} rounds of ${seconds} s, ${CLIENTS} clients, ${bundle.service}`,
  );
  try {
    pgbench(bundle, ["-i", "-q", "-s", "10"]);
    measureRounds(bundle, Number(rounds), Number(seconds));
  } finally {
    // What the bundle says is in force again.
    run("docker", ["exec", bundle.pooler, "psql", "-X", "-q", "-U", "pgbouncer", "-c", "RELOAD"]);
  }
}
