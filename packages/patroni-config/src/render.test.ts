import { execFileSync } from "node:child_process";
import { DAEMON_USERS } from "@matriarch/topology";
import {
  anyTopology,
  EXAMPLE_NAMES,
  exampleSecrets,
  exampleTopology,
  readYaml,
  topologyOf,
  withoutTwins,
} from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveBootstrap } from "./derive/bootstrap.ts";
import { deriveDynamic } from "./derive/dynamic.ts";
import { derivePatroni } from "./derive/patroni.ts";
import { dynamicTree, mappingOf } from "./format/dynamic-yml.ts";
import { renderPatroni, renderPatroniSecrets } from "./render.ts";
import { readBootstrap, readHba, readIdent } from "./testing/index.ts";

const NODES = "nodes: { e: [etcd], n1: [postgresql], n2: [postgresql], p: [haproxy, pgbouncer] }";

function fileOf(text: string, path: string): string {
  const file = renderPatroni(topologyOf(`cluster: c\n${text}`)).find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.content;
}

describe.each(EXAMPLE_NAMES)("the example %s", (example) => {
  const topology = exampleTopology(example);
  const files = renderPatroni(topology);

  it.each(withoutTwins(files).map((file) => [file.path, file.content] as const))("%s is its golden", async (path, content) => {
    await expect(content).toMatchFileSnapshot(`../fixtures/${example}/${path}`);
  });

  it("renders four files for each member, sorted by path, the script executable", () => {
    expect(files.map(({ path, mode }) => [path, mode])).toEqual(
      topology.postgresql
        .flatMap(({ name }) => [
          [`${name}/bootstrap.sh`, 0o555],
          [`${name}/bootstrap.sql`, 0o444],
          [`${name}/dynamic.yml`, 0o444],
          [`${name}/patroni.yml`, 0o444],
        ])
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  });

  it.each(["bootstrap.sql", "dynamic.yml"])("renders the same %s for every member: the golden of the first is that of all", (name) => {
    expect(new Set(files.filter(({ path }) => path.endsWith(`/${name}`)).map(({ content }) => content)).size).toBe(1);
  });

  it("renders a script that a POSIX shell can parse", () => {
    for (const { content } of files.filter(({ mode }) => mode === 0o555))
      expect(() => execFileSync("sh", ["-n"], { input: content })).not.toThrow();
  });

  it("bootstraps the DCS with just what dynamic.yml holds", () => {
    for (const { name } of topology.postgresql) {
      const indented = fileIn(files, `${name}/dynamic.yml`).replaceAll(/^/gm, "    ").trimEnd();
      expect(fileIn(files, `${name}/patroni.yml`)).toContain(`  "dcs":\n${indented}\n`);
    }
  });

  it("keeps every secret out of what is rendered", () => {
    const secrets = Object.values(exampleSecrets(topology));
    for (const { content } of files) for (const secret of secrets) expect(content).not.toContain(secret);
  });

  it("renders an overlay of two files for each member, readable by PostgreSQL's user alone", () => {
    expect(renderPatroniSecrets(topology, exampleSecrets(topology)).map(({ path, mode, owner }) => ({ path, mode, owner }))).toEqual(
      topology.postgresql
        .flatMap(({ name }) => ["passwords.sql", "patroni.yml"].map((file) => `${name}/${file}`))
        .toSorted()
        .map((path) => ({ path, mode: 0o400, owner: DAEMON_USERS.postgresql.id })),
    );
  });
});

function fileIn(files: readonly { readonly path: string; readonly content: string }[], path: string): string {
  return files.find((file) => file.path === path)?.content ?? "";
}

/** patroni.yml back to its model, with the lines of pg_hba and pg_ident as rows. */
function readPatroni(text: string) {
  const file = readYaml(text) as { readonly postgresql: { readonly pg_hba: string[]; readonly pg_ident: string[] } };
  const { pg_hba, pg_ident, ...postgresql } = file.postgresql;
  return { ...file, postgresql: { ...postgresql, pg_hba: readHba(pg_hba), pg_ident: readIdent(pg_ident) } };
}

describe("any topology", () => {
  it("is read as the model: patroni.yml and dynamic.yml by YAML 1.1 and 1.2, access lines and SQL by PostgreSQL's grammar", () => {
    fc.assert(
      fc.property(anyTopology, (topology) => {
        const files = renderPatroni(topology);
        const bootstrap = deriveBootstrap(topology);
        const databases = bootstrap.databases.map((database) =>
          database.owner === null ? { ...database, writers: [], readers: [] } : database,
        );
        for (const member of topology.postgresql) {
          const { postgresql, bootstrap: first, ...model } = derivePatroni(topology, member);
          expect(readPatroni(fileIn(files, `${member.name}/patroni.yml`))).toEqual({
            ...model,
            bootstrap: { ...first, dcs: dynamicTree(first.dcs) },
            postgresql: {
              ...postgresql,
              pg_hba: postgresql.pg_hba.flatMap(({ rows }) => rows),
              parameters: mappingOf(postgresql.parameters),
            },
          });
        }
        // The same for each member.
        const [{ name } = { name: "" }] = topology.postgresql;
        expect(readYaml(fileIn(files, `${name}/dynamic.yml`))).toEqual(dynamicTree(deriveDynamic(topology)));
        expect(readBootstrap(fileIn(files, `${name}/bootstrap.sql`))).toEqual({ ...bootstrap, databases });
      }),
    );
  });
});

describe("patroni.yml", () => {
  it("asks clients of the REST API for a certificate always, or only where they change something", () => {
    expect(fileOf(NODES, "n1/patroni.yml")).toContain('"verify_client": "required"');
    expect(fileOf(`${NODES}\ntls: { client_certificates: false }`, "n1/patroni.yml")).toContain('"verify_client": "optional"');
  });

  it("tags where a node is, and whether it may be promoted or synchronous", () => {
    const text =
      "datacenters: [x, y]\nnodes: { e: [etcd], n1: [postgresql], n2: { roles: [postgresql], datacenter: y, promotable: false, synchronous: false } }";
    expect(fileOf(text, "n1/patroni.yml")).toMatch(/"tags":\n {2}"datacenter": "x"\n$/);
    expect(fileOf(text, "n2/patroni.yml")).toMatch(/"tags":\n {2}"datacenter": "y"\n {2}"nofailover": true\n {2}"nosync": true\n$/);
  });

  it("uses PostgreSQL's own locale where it has one", () => {
    expect(fileOf(NODES, "n1/patroni.yml")).toContain('"locale-provider": "builtin"');
    expect(fileOf(`${NODES}\npostgresql: { version: 16 }`, "n1/patroni.yml")).not.toContain("builtin");
  });

  it("never has Patroni remove a data directory that cannot be rewound", () => {
    const text = fileOf(NODES, "n1/patroni.yml");
    expect(text).toContain('"remove_data_directory_on_rewind_failure": false');
    expect(text).toContain('"remove_data_directory_on_diverged_timelines": false');
  });
});

describe("dynamic.yml", () => {
  it.each([
    ["asynchronous", '"synchronous_mode": false'],
    ["synchronous", '"synchronous_mode": true'],
    ["quorum", '"synchronous_mode": "quorum"'],
  ])("replicates %s as Patroni spells it", (mode, line) => {
    expect(fileOf(`${NODES}\nreplication: { mode: ${mode} }`, "n1/dynamic.yml")).toContain(`${line}\n`);
  });

  it("takes the lag in bytes, and failsafe from what happens without the DCS", () => {
    const text = fileOf(`${NODES}\nreplication: { max_lag_on_failover: 2MiB }\non_dcs_loss: failsafe`, "n1/dynamic.yml");
    expect(text).toContain('"maximum_lag_on_failover": 2097152\n');
    expect(text).toContain('"failsafe_mode": true\n');
  });

  it("takes the topology's parameters of Patroni in place of the defaults", () => {
    const text = fileOf(`${NODES}\nparameters: { patroni: { member_slots_ttl: 2h, maximum_lag_on_syncnode: 1048576 } }`, "n1/dynamic.yml");
    expect(text).toContain('"member_slots_ttl": "2h"\n');
    expect(text).toContain('"maximum_lag_on_syncnode": 1048576\n');
    expect(text).not.toContain("30min");
  });
});

describe("the secrets", () => {
  it("are not made up where the environment file has none", () => {
    expect(() => renderPatroniSecrets(topologyOf(`cluster: c\n${NODES}`), {})).toThrow("PATRONI_REST_PASSWORD");
  });
});
