import { topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it, test } from "vitest";
import { patroniRules } from "./index.ts";

const NODES = "cluster: c\nnodes: { e: [etcd], n1: [postgresql], n2: [postgresql] }\n";
const VOLUME = "/var/lib/postgresql";

/** Of what this file is about: `code path: message | hint`. */
function findingsOf(parameters: Readonly<Record<string, string | boolean>>, extensions: readonly string[] = []) {
  const databases = `databases: { app: { extensions: ${JSON.stringify(extensions)} } }\n`;
  const topology = topologyOf(`${NODES}${databases}parameters: { postgresql: ${JSON.stringify(parameters)} }`);
  return patroniRules.flatMap((rule) => rule(topology));
}

const codesOf = (...args: Parameters<typeof findingsOf>) => findingsOf(...args).map(({ code, severity }) => `${severity} ${code}`);
const ARCHIVING = { archive_mode: "on" };

describe("a library to be preloaded", () => {
  it("that the image lacks is refused, with the extension to declare (percona-helm-charts#560)", () => {
    expect(findingsOf({ shared_preload_libraries: "pg_cron, timescaledb" })).toMatchObject(
      [
        { code: "unusable-library", message: /"pg_cron".*PostgreSQL does not start/, hint: /^Declare the extension "pg_cron"/ },
        { code: "unusable-library", hint: /^Declare the extension "timescaledb"/ },
      ].map((finding) => ({
        ...finding,
        ...(finding.message === undefined ? {} : { message: expect.stringMatching(finding.message) }),
        hint: expect.stringMatching(finding.hint),
      })),
    );
    expect(findingsOf({ shared_preload_libraries: "auto_explian" })).toMatchObject([{ hint: 'Did you mean "auto_explain"?' }]);
  });

  test.each([
    [{ shared_preload_libraries: "auto_explain, auth_delay" }, []],
    [{ shared_preload_libraries: "pg_cron" }, ["pg_cron"]],
    [{ shared_preload_libraries: "$libdir/passwordcheck.so, /usr/lib/postgresql/17/lib/auto_explain" }, []],
    [{ shared_preload_libraries: `${VOLUME}/mine.so` }, []],
    [{ shared_preload_libraries: "mine", dynamic_library_path: `${VOLUME}/lib` }, []],
    [{ session_preload_libraries: "auto_explain" }, []],
    [{ local_preload_libraries: "" }, []],
  ])("that can be loaded is accepted: %j with %j", (parameters, extensions) => {
    expect(codesOf(parameters, extensions)).toEqual([]);
  });

  test.each([
    ["session_preload_libraries", "pgaudit", "has to be loaded when the server starts"],
    ["local_preload_libraries", "auto_explain", "folder plugins"],
  ])("in %s keeps every session out where it cannot be loaded then: %s", (list, library, because) => {
    expect(findingsOf({ [list]: library }, ["pgaudit"])).toMatchObject([
      { code: "unusable-library", message: expect.stringContaining(because) },
    ]);
  });

  it("brings a worker that has to be told its databases", () => {
    const preload = { shared_preload_libraries: "pg_partman_bgw" };
    expect(codesOf(preload, ["pg_partman"])).toEqual(["error needed-parameter"]);
    expect(codesOf({ ...preload, "pg_partman_bgw.dbname": "app" }, ["pg_partman"])).toEqual([]);
  });
});

describe("an extension's own parameters", () => {
  it("follow from where it is declared", () => {
    expect(codesOf({ "cron.database_name": "other" }, ["pg_cron"])).toEqual(["error owned-parameter-postgresql"]);
    expect(codesOf({ "cron.timezone": "Europe/Berlin" }, ["pg_cron"])).toEqual([]);
  });

  it("include WAL that can be decoded", () => {
    expect(codesOf({ wal_level: "replica" }, ["wal2json"])).toEqual(["error needed-parameter"]);
    expect(codesOf({ wal_level: "logical" }, ["wal2json"])).toEqual([]);
    expect(codesOf({ wal_level: "replica" }, ["vector"])).toEqual([]);
  });
});

describe("archiving by a library", () => {
  const basic = { ...ARCHIVING, archive_library: "basic_archive" };

  test.each([
    [basic, ["error needed-parameter"]],
    [{ ...basic, "basic_archive.archive_directory": "/archive" }, ["error archive-folder"]],
    [{ ...basic, "basic_archive.archive_directory": `${VOLUME}/archive/` }, ["warning archive-folder"]],
    [{ ...basic, "basic_archive.archive_directory": VOLUME }, []],
    [{ ...basic, archive_mode: "off" }, []],
    [{ ...ARCHIVING, archive_library: "auto_explain" }, ["error unusable-library"]],
    [{ ...ARCHIVING, archive_library: "pgbackrest" }, ["error unusable-library"]],
  ])("%j: %j", (parameters, codes) => {
    expect(codesOf(parameters)).toEqual(codes);
  });
});

describe("a command that archives", () => {
  test.each([
    ["pgbackrest --stanza=main archive-push %p", ["error missing-program"]],
    ["/usr/bin/wal-g wal-push %p", ["error missing-program"]],
    ["/opt/bin/wal-g wal-push %p", ["error missing-program"]],
    ["test ! -f /archive/%f && rsync %p /archive/%f", ["error missing-program", "error archive-folder"]],
    ["cp %p /archive/%f", ["error archive-folder"]],
    ["cp %p /archive", ["error archive-folder"]],
    ["gzip < %p > /mnt/wal/%f.gz", ["error archive-folder"]],
    ["cp %p /tmp/%f", ["error archive-folder"]],
    [`cp %p ${VOLUME}/wal/%f`, ["warning archive-folder"]],
    [`mkdir -p ${VOLUME}/wal && cp %p ${VOLUME}/wal/%f`, []],
    [`${VOLUME}/bin/wal-g wal-push %p`, []],
    ["$TOOL %p", []],
    ["curl --fail --upload-file %p https://archive.example/%f", []],
    ["true", []],
    ["/bin/true", []],
    ["exit 0", []],
  ])("%s: %j", (command, codes) => {
    expect(codesOf({ ...ARCHIVING, archive_command: command })).toEqual(codes);
  });

  it("is not judged where nothing is archived, nor is any that is empty", () => {
    expect(codesOf({ archive_command: "pgbackrest" })).toEqual([]);
    expect(codesOf({ restore_command: "" })).toEqual([]);
  });

  it("that fetches is judged in any case", () => {
    expect(codesOf({ restore_command: "pgbackrest archive-get %f %p" })).toEqual(["error missing-program"]);
    expect(codesOf({ restore_command: "cp /archive/%f %p" })).toEqual(["error archive-folder"]);
    expect(codesOf({ restore_command: "cp /tmp/%f %p" })).toEqual([]);
    expect(codesOf({ archive_cleanup_command: `pg_archivecleanup ${VOLUME}/wal %r` })).toEqual([]);
  });
});
