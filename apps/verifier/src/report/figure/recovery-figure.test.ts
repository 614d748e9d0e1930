import { selectAll } from "hast-util-select";
import { expect, test } from "vitest";
import type { Recovery } from "../model/recovery.ts";
import { drawFigure } from "./figure.ts";
import { recoveryFigure } from "./recovery-figure.ts";

function drawn(seconds: readonly number[], predicted: readonly [number, number], outside: number) {
  const recovery: Recovery = {
    what: "a fault",
    metric: "gap",
    seconds,
    rounds: seconds.length,
    min: 0,
    median: 0,
    max: Math.max(...seconds),
    predicted,
    outside,
    phases: [],
  };
  const [wide] = drawFigure(recoveryFigure([recovery]));
  if (!wide) throw new Error("no figure");
  const [box] = selectAll("rect.f-raised", wide);
  const from = Number(box?.properties["x"]);
  return { dots: selectAll("circle", wide), from, to: from + Number(box?.properties["width"]) };
}

test("measurements inside the prediction stand inside its box", () => {
  const { dots, from, to } = drawn([19, 20, 22], [18, 25], 0);
  expect(dots).toHaveLength(3);
  for (const { properties } of dots) {
    expect(Number(properties["cx"])).toBeGreaterThan(from);
    expect(Number(properties["cx"])).toBeLessThan(to);
    expect(properties["className"]).toContain("f-primary");
  }
});

test("measurements that contradict the prediction stand outside of it, in red", () => {
  const { dots, to } = drawn([30], [18, 25], 5);
  expect(Number(dots[0]?.properties["cx"])).toBeGreaterThan(to);
  expect(dots[0]?.properties["className"]).toContain("f-danger");
});
