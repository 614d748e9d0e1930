import { expect, test } from "vitest";
import { type Found, needsOf, needsText } from "./needs.ts";

const GIB = 2 ** 30;
const ENOUGH: Found = {
  processors: 2,
  available: 20 * GIB,
  room: [{ what: "reports", folder: "reports", free: 70 * GIB }],
  engine: "20.10.24",
  compose: "2.26.1",
  ports: { all: [5000, 5001], answering: [5000, 5001] },
};

const remediesOf = (found: Partial<Found>, purpose: "running" | "new" = "running") =>
  needsOf({ ...ENOUGH, ...found }, purpose).flatMap(({ what, remedy }) => (remedy === null ? [] : [`${what}: ${remedy}`]));

test("what is enough is told with what was found", () => {
  expect(remediesOf({})).toEqual([]);
  expect(needsText(needsOf(ENOUGH, "running"))).toBe(
    [
      "It takes, and found on this machine:",
      "  ✓ processors: 2; found 2",
      "  ✓ memory: 1.0 GiB available; found 20.0 GiB",
      "  ✓ disk for reports: 2.0 GiB in reports; found 70.0 GiB",
      "  ✓ engine: docker with compose; found docker 20.10.24, compose 2.26.1",
      "  ✓ ports: 2 of the cluster; found 2 answer",
    ].join("\n"),
  );
});

test.each<[string, Partial<Found>, string]>([
  ["one processor", { processors: 1 }, "processors: times and shares in time will be worse than what is promised"],
  ["little memory", { available: GIB / 2 }, "memory: end what else holds memory"],
  ["a full disk", { room: [{ what: "reports", folder: "reports", free: GIB }] }, "disk for reports: make room there"],
  ["no engine", { engine: null }, "engine: make install-tools"],
  ["no compose", { compose: null }, "engine: make install-tools"],
  ["a dead port", { ports: { all: [5000, 5001], answering: [5000] } }, "ports: nobody answers at 5001: look at ./cluster status"],
])("%s is marked, with what to do", (_, found, remedy) => {
  expect(remediesOf(found)).toEqual([remedy]);
});

test("a new cluster takes more, and its ports have to be free", () => {
  expect(remediesOf({ ports: { all: [5000, 5001], answering: [] } }, "new")).toEqual([]);
  expect(remediesOf({ available: 1.5 * GIB }, "new")).toEqual([
    "memory: end what else holds memory",
    "ports: 5000, 5001 taken: end what listens there",
  ]);
});
