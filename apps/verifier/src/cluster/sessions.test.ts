import { expect, test } from "vitest";
import { placesOf } from "./sessions.ts";

test.each([
  [{ host: "localhost", port: "6432" }, ["localhost:6432"]],
  [{ host: "localhost,localhost", port: "6432,6433" }, ["localhost:6432", "localhost:6433"]],
  [{ host: "a,b", port: "5432" }, ["a:5432", "b:5432"]],
])("a service leads to each host at the port in its position: %j", (settings, places) => {
  expect(placesOf(settings).map(({ host, port }) => `${host}:${port}`)).toEqual(places);
});
