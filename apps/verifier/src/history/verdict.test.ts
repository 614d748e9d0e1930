import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeVerdicts, type Verdict } from "./verdict.ts";

const verdict = fc.constantFrom<Verdict>("pass", "unknown", "fail");

test.each<[Verdict, Verdict[]]>([
  ["pass", ["pass", "pass"]],
  ["unknown", ["pass", "unknown", "pass"]],
  ["fail", ["unknown", "fail", "pass"]],
])("is %s for %j", (merged, verdicts) => {
  expect(mergeVerdicts(verdicts)).toBe(merged);
});

test("nothing checked is nothing proven", () => {
  expect(mergeVerdicts([])).toBe("unknown");
});

test("the order does not matter, nor how they are grouped", () => {
  fc.assert(
    fc.property(fc.array(verdict, { minLength: 1 }), fc.array(verdict, { minLength: 1 }), (some, others) => {
      const merged = mergeVerdicts([...some, ...others]);
      expect(mergeVerdicts([...others, ...some])).toBe(merged);
      expect(mergeVerdicts([mergeVerdicts(some), mergeVerdicts(others)])).toBe(merged);
    }),
  );
});
