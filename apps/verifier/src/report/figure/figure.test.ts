import type { Element } from "hast";
import { select, selectAll } from "hast-util-select";
import { toString } from "hast-util-to-string";
import { describe, expect, test } from "vitest";
import type { RoleSpan, ScenarioSeries } from "../../run/record.ts";
import { scenario } from "../testing/tell-scenario.ts";
import { drawFigure } from "./figure.ts";
import { frameOf, WIDTHS } from "./frame.ts";
import { scenarioFigure } from "./scenario-figure.ts";

const NOTHING: ScenarioSeries = {
  roles: [],
  etcd: [],
  balancers: [],
  outcomes: [],
  latencies: [],
  lag: [],
  staleness: [],
  stalenessBound: null,
};

const broken = scenario({
  id: "broken",
  title: "Something is broken",
  rows: [],
  claims: [],
  started: "2030-01-01T00:00:00Z",
  seconds: 100,
  fault: { name: "a fault", from: 40, to: 60, byHand: "" },
});

function draw(series: Partial<ScenarioSeries>): Element {
  const [wide] = drawFigure(scenarioFigure(broken, { ...NOTHING, ...series }));
  if (!wide) throw new Error("no figure");
  return wide;
}

/** The strip with a title. */
function strip(figure: Element, title: string): Element {
  const found = selectAll("g.strip", figure).find((group) => toString(group).startsWith(title));
  if (!found) throw new Error(`no strip ${title}`);
  return found;
}

function numberOf({ properties }: Element, name: string): number {
  return Number(properties[name]);
}

/** Marks of a kind in a strip's body: its legend is its first group. */
function marks(group: Element, selector: string): Element[] {
  const body = group.children.at(-1);
  return body?.type === "element" ? selectAll(selector, body) : [];
}

const { x, left, right } = frameOf("wide", { from: 0, to: 100 });
const role = (node: string, kind: RoleSpan["role"], from: number, to: number): RoleSpan => ({ node, role: kind, timeline: 1, from, to });

test("time runs from the left to the right edge, in both widths", () => {
  expect([x(0), x(100)]).toEqual([left, right]);
  for (const width of ["wide", "narrow"] as const) {
    const frame = frameOf(width, { from: 0, to: 100 });
    expect(frame.right).toBeLessThan(WIDTHS[width]);
    expect(frame.x(50) - frame.left).toBeCloseTo((frame.right - frame.left) / 2, 0);
  }
});

test("the fault lies behind every strip, from its beginning to its end", () => {
  const figure = draw({});
  const bands = selectAll(".band", figure);
  expect(bands).toHaveLength(selectAll("g.strip", figure).length);
  for (const band of bands) {
    expect(numberOf(band, "x")).toBe(x(40));
    expect(numberOf(band, "width")).toBeCloseTo(x(60) - x(40), 0);
  }
});

test("a strip of what nobody looked at says so", () => {
  const figure = draw({});
  for (const title of ["Role of each node", "etcd", "What the balancer thinks", "Outcomes", "Latency", "Replication lag", "Staleness"])
    expect(toString(strip(figure, title)), title).toContain("not observed");
});

describe("roles", () => {
  test("one primary after the other is nothing in red", () => {
    const figure = draw({ roles: [role("node1", "primary", 0, 40), role("node2", "replica", 0, 60), role("node2", "primary", 60, 100)] });
    expect(selectAll(".f-danger", figure)).toEqual([]);
    expect(toString(select("desc", figure) ?? figure)).toContain("There were never two primaries.");
  });

  test("two primaries at once are red in both lanes, for as long as they were", () => {
    const figure = draw({ roles: [role("node1", "primary", 0, 50), role("node2", "primary", 45, 100)] });
    const red = marks(strip(figure, "Role of each node"), ".f-danger");
    expect(red.map((mark) => [numberOf(mark, "x"), numberOf(mark, "width")])).toEqual([
      [x(45), expect.closeTo(x(50) - x(45), 0)],
      [x(45), expect.closeTo(x(50) - x(45), 0)],
    ]);
    expect(new Set(red.map((mark) => mark.properties["y"])).size).toBe(2);
    expect(toString(figure)).toContain("two primaries (5.0 s)");
  });

  test("one node that was primary twice is no overlap", () => {
    expect(selectAll(".f-danger", draw({ roles: [role("node1", "primary", 0, 50), role("node1", "primary", 45, 100)] }))).toEqual([]);
  });

  test("what could not be reached is hatched", () => {
    const figure = draw({ roles: [role("node1", "unreachable", 20, 50)] });
    expect(marks(strip(figure, "Role of each node"), 'rect[fill="url(#hatch)"]')).toHaveLength(1);
  });
});

test("etcd without a quorum is hatched in both lanes, and said", () => {
  const figure = draw({
    etcd: [
      { leader: "etcd1", quorum: true, from: 0, to: 40 },
      { leader: null, quorum: false, from: 40, to: 70 },
    ],
  });
  expect(marks(strip(figure, "etcd"), 'rect[fill="url(#hatch)"]').map((mark) => numberOf(mark, "x"))).toEqual([x(40), x(40)]);
  expect(toString(select("desc", figure) ?? figure)).toContain("without quorum for 30.0 s");
});

test("each server of each backend has a lane, filled while it is up", () => {
  const server = (backend: string, name: string, up: boolean) => ({ balancer: "haproxy", backend, server: name, up, from: 0, to: 100 });
  const group = strip(
    draw({ balancers: [server("rw", "node1", true), server("rw", "node2", false), server("ro", "node2", true)] }),
    "What the balancer thinks",
  );
  expect(marks(group, "text").map((text) => toString(text))).toEqual(expect.arrayContaining(["rw node1", "rw node2", "ro node2"]));
  expect(marks(group, "rect.f-first")).toHaveLength(2);
  expect(marks(group, "rect.f-raised")).toHaveLength(1);
});

test("outcomes of one second stand on one another, as high as they are many", () => {
  const bucket = { population: "a", second: 10, ok: 6, late: 2, fail: 3, info: 1 };
  const group = strip(draw({ outcomes: [bucket, { ...bucket, population: "b", ok: 0, late: 0, fail: 0, info: 0 }] }), "Outcomes");
  const heights = ["ok", "late", "failed", "unclear"].map((ink) => {
    const [, from = 0, to = 0] =
      /M[\d.]+ ([\d.]+)h[\d.]+V([\d.]+)/.exec(String(marks(group, `path.f-${ink}`)[0]?.properties["d"]))?.map(Number) ?? [];
    return { from, to };
  });
  const unit = heights.map(({ from, to }) => from - to);
  expect(unit.map((height) => Math.round((height / (unit[3] ?? 1)) * 10) / 10)).toEqual(
    [4, 2, 3, 1].map((count) => expect.closeTo(count, 0)),
  );
  expect(heights.slice(1).map(({ from }) => from)).toEqual(heights.slice(0, -1).map(({ to }) => to));
});

test("the median of latencies breaks where nothing was answered", () => {
  const samples = [1, 2, 3, 50, 51].map((at) => ({ at, population: "a", milliseconds: 5 }));
  const [median] = marks(strip(draw({ latencies: samples }), "Latency"), "path.curve");
  expect(String(median?.properties["d"]).match(/M/g)).toHaveLength(2);
});

test("slower answers are higher", () => {
  const samples = [5, 50, 500].map((milliseconds) => ({ at: 10, population: "a", milliseconds }));
  const [cloud] = marks(strip(draw({ latencies: samples }), "Latency"), "path.dots");
  const heights = [...String(cloud?.properties["d"]).matchAll(/M[\d.]+ ([\d.]+)h0/g)].map(([, y]) => Number(y));
  expect(heights).toEqual(heights.toSorted((a, b) => b - a));
  expect(new Set(heights).size).toBe(3);
});

describe("staleness", () => {
  const stale = (milliseconds: number, bound: number | null) =>
    draw({ staleness: [{ at: 10, endpoint: "app_ro", milliseconds }], stalenessBound: bound });

  test("has its bound as a line, and says whether it was kept", () => {
    expect(marks(strip(stale(500, 1000), "Staleness"), "path.s-danger")).toHaveLength(1);
    expect(toString(stale(500, 1000))).toContain("within the bound of 1 s");
    expect(toString(stale(1500, 1000))).toContain("beyond the bound of 1 s");
  });

  test("without a promise has no line", () => {
    expect(marks(strip(stale(500, null), "Staleness"), "path.s-danger")).toEqual([]);
  });
});

test("no mark stands outside of the figure", () => {
  const figure = draw({
    roles: [role("node1", "primary", -5, 130)],
    lag: [{ at: 150, node: "node2", bytes: 5 }],
    latencies: [{ at: 120, population: "a", milliseconds: 3 }],
  });
  for (const rect of selectAll("rect", figure)) expect(numberOf(rect, "x") + numberOf(rect, "width")).toBeLessThanOrEqual(WIDTHS.wide);
});
