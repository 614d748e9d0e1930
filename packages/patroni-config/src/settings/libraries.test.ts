import { expect, test } from "vitest";
import { splitLibraries } from "./libraries.ts";

test("a list of libraries is read as PostgreSQL reads it", () => {
  expect(splitLibraries("")).toEqual([]);
  expect(splitLibraries("pg_cron")).toEqual(["pg_cron"]);
  expect(splitLibraries(' auto_explain ,"odd, ""name""",, pg_cron')).toEqual(["auto_explain", 'odd, "name"', "pg_cron"]);
});
