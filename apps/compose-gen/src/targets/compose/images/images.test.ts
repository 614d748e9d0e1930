import { topologyOf } from "@matriarch/topology/testing";
import { expect, test } from "vitest";
import { renderImages } from "./images.ts";

const NODES = "nodes: { n: [etcd, postgresql, haproxy, pgbouncer] }";

function dockerfile(kind: "etcd" | "postgresql" | "haproxy" | "pgbouncer", extra = ""): string {
  const file = renderImages(topologyOf(`cluster: c\n${NODES}\n${extra}`), [kind]).find(({ path }) => path === `images/${kind}/Dockerfile`);
  return file?.content ?? "";
}

test("an extension brings its package, once", () => {
  const databases =
    "databases: { a: { owner: a, extensions: [vector, pg_trgm] }, b: { owner: a, extensions: [vector] } }\nroles: { a: {} }";
  expect(dockerfile("postgresql", databases)).toContain(" postgresql-17 postgresql-17-pgvector 'patroni=");
});

test("an extension that nobody declares adds no package", () => {
  const installed = (extra: string) => /-recommends (postgresql-17 .*) python3-psycopg2/.exec(dockerfile("postgresql", extra))?.[1];
  expect(installed("")).toBe("postgresql-17 'patroni=4.0.7*'");
  expect(installed("postgresql: { extensions: [pg_trgm, xml2, auto_explain, test_decoding] }")).toBe(installed(""));
  expect(installed("databases: { app: { extensions: [postgis_topology, wal2json] } }")).toBe(
    "postgresql-17 postgresql-17-postgis-3 postgresql-17-wal2json 'patroni=4.0.7*'",
  );
});

test("LLVM is in the image only where the topology asks for just-in-time compilation", () => {
  expect(dockerfile("postgresql")).toContain("rm -rf /usr/lib/llvm-*");
  expect(dockerfile("postgresql", "postgresql: { jit: true }")).not.toContain("llvm");
});

test.each(["etcd", "postgresql", "haproxy", "pgbouncer"] as const)(
  "the image of %s has an init that reaps, a user who is not root, and versions that are pinned",
  (kind) => {
    const text = dockerfile(kind);
    expect(text).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(text).toContain('ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/entrypoint"]');
    expect(text).toMatch(/'[a-z-]+=\d+(\.\d+)+\*'/);
    expect(text).not.toMatch(/^(ADD|ENV .*PASSWORD)/m);
  },
);
