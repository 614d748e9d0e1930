import { printableText } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPasswords } from "../testing/index.ts";
import { formatPasswords } from "./passwords-sql.ts";

const lines = formatPasswords([{ role: "app", password: "it's" }]).split("\n");

describe("passwords.sql", () => {
  it("sets each role's password as it is, whatever is printable in it, in a statement of its own", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ role: printableText, password: printableText })), (passwords) => {
        expect(readPasswords(formatPasswords(passwords))).toEqual(passwords);
      }),
    );
  });

  it.each([
    "log_statement = 'none'",
    "log_min_duration_statement = '-1'",
    "log_min_error_statement = 'panic'",
    "track_activities = 'off'",
    "pg_stat_statements.track_utility = 'off'",
  ])("says SET %s before the first password", (setting) => {
    expect(lines.indexOf(`SET ${setting};`)).toBeGreaterThan(-1);
    expect(lines.indexOf(`SET ${setting};`)).toBeLessThan(lines.findIndex((line) => line.includes("PASSWORD")));
  });

  it("does not depend on how the server reads backslashes, or on the client's locale", () => {
    expect(lines).toContain("SET standard_conforming_strings = on;");
    expect(lines).toContain("SET client_encoding = 'UTF8';");
  });

  it("has psql show no statement, not even a failed one", () => {
    expect(lines).toContain("\\set ECHO none");
    expect(lines).toContain("\\set VERBOSITY terse");
  });
});
