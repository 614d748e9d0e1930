import { expect, test } from "vitest";
import { serverOf } from "./server.ts";

test("a primary's timeline is in the name of its WAL file, in hexadecimal", () => {
  const row = { node: "node1", standby: false, started: "2030-01-01", wal: "0000001A000000010000000F", lsn: "1/F000028" };
  expect(serverOf(row)).toEqual({ node: "node1", role: "primary", timeline: 26, lsn: "1/F000028", postmasterStart: "2030-01-01" });
});

test("a standby writes no WAL of its own", () => {
  const row = { node: "node2", standby: true, started: "2030-01-01", wal: null, lsn: "1/F000028" };
  expect(serverOf(row)).toMatchObject({ role: "replica", timeline: null });
});
