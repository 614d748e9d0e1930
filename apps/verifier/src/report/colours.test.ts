import {
  converter,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  type Rgb,
  wcagContrast,
} from "culori";
import { describe, expect, test } from "vitest";
import { type Colour, colourVariables, GROUNDS, INKS, INKS_SIDE_BY_SIDE } from "./colours.ts";

const rgb = converter("rgb");

function toRgb(colour: string): Rgb {
  const converted = rgb(colour);
  if (!converted) throw new Error(`${colour} is no colour`);
  return converted;
}

const EYES: Readonly<Record<string, (colour: Rgb) => Rgb>> = {
  "full colour vision": (colour: Rgb) => colour,
  "no red": filterDeficiencyProt(1),
  "no green": filterDeficiencyDeuter(1),
  "no blue": filterDeficiencyTrit(1),
};

describe.each<keyof Colour>(["light", "dark"])("in the %s scheme", (scheme) => {
  test.each(Object.entries(INKS))("%s can be read on every ground", (_, ink) => {
    for (const [name, ground] of Object.entries(GROUNDS))
      expect(wcagContrast(ink[scheme], ground[scheme]), name).toBeGreaterThanOrEqual(4.5);
  });

  test.each(Object.entries(EYES))("eyes with %s tell apart what stands side by side", (_, seen) => {
    const distance = differenceCiede2000();
    for (const inks of INKS_SIDE_BY_SIDE)
      for (const one of inks)
        for (const other of inks.slice(inks.indexOf(one) + 1))
          expect(distance(seen(toRgb(INKS[one][scheme])), seen(toRgb(INKS[other][scheme]))), `${one} and ${other}`).toBeGreaterThan(10);
  });

  test("each colour has a variable", () => {
    for (const [name, colour] of Object.entries({ ...GROUNDS, ...INKS }))
      expect(colourVariables(scheme)).toContain(`--${name}:${colour[scheme]};`);
  });
});
