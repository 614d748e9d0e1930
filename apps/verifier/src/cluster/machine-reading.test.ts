import { expect, test } from "vitest";
import { containerIn, parsePressure, parseProcessors, parseStat } from "./machine-reading.ts";

test("a process is read with the children that it waited for, whatever its name holds", () => {
  const fields = "S 41 7 7 0 -1 4194560 1 2 3 4 250 150 1000 500 20 0 1 0 98765 1000000 300 18446744073709551615";
  expect(parseStat(42, `42 (a) b (c)) ${fields}`)).toEqual({
    pid: 42,
    parent: 41,
    name: "a) b (c)",
    started: "98765",
    used: 4,
    usedByEnded: 15,
    pages: 300,
  });
  expect(parseStat(42, "")).toBeNull();
});

test("the container of a process is its cgroup's, in both hierarchies and under systemd", () => {
  const id = "e4b9415d59b862788fbcd32b284f65021a13296a33952259f0e3b82498a19c8c";
  expect(containerIn(`9:name=systemd:/docker/${id}\n0::/docker/${id}\n`)).toBe(id);
  expect(containerIn(`0::/system.slice/docker-${id}.scope\n`)).toBe(id);
  expect(containerIn("0::/user.slice/user-0.slice\n")).toBeNull();
});

test("pressure is the time in which somebody waited; a kernel without PSI has none", () => {
  const text = "some avg10=50.70 avg60=33.15 avg300=21.79 total=121185233\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n";
  expect(parsePressure(text)).toBeCloseTo(121.185233);
  expect(parsePressure("")).toBeNull();
});

test("processors are idle while they wait for a disk as well; steal is what the host took", () => {
  const text =
    "cpu  44556 0 11768 161890 1001 0 238 3000 0 0\ncpu0 22000 0 5000 80000 500 0 100 10 0 0\ncpu1 22000 0 5000 80000 500 0 100 20 0 0\n";
  expect(parseProcessors(text)).toEqual({ processors: 2, idle: 1628.91, steal: 30 });
  expect(parseProcessors("")).toEqual({ processors: 0, idle: 0, steal: 0 });
});
