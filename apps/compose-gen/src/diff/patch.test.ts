import { applyPatch } from "diff";
import fc from "fast-check";
import { expect, test } from "vitest";
import { unifiedDiff } from "./patch.ts";

const LINES = fc.array(fc.constantFrom("a", "b", "", "-- c", "+d", "\\ e", "é"), { maxLength: 30 }).map((lines) => lines.join("\n"));

test("what a patch says, applied to what is there, gives what would be there", () => {
  fc.assert(
    fc.property(LINES, LINES, (before, after) => {
      const patch = unifiedDiff("node1/patroni.yml", before, after, []);
      expect(patch === "").toBe(before === after);
      expect(patch === "" ? before : applyPatch(before, patch)).toBe(after);
    }),
  );
});

test("a patch has the form of diff -u, with three lines of context", () => {
  const lines = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ""];
  const before = lines.join("\n");
  expect(unifiedDiff("a/file", before, before.replace("5", "five"), [])).toBe(`--- a/file
+++ a/file
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
`);
});

test("a file that is not there yet, or will not be, has nothing on the other side", () => {
  expect(unifiedDiff("file", undefined, "new\n", [])).toBe("--- /dev/null\n+++ file\n@@ -0,0 +1,1 @@\n+new\n");
  expect(unifiedDiff("file", "old\n", undefined, [])).toBe("--- file\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-old\n");
});

test("a removed line that holds a hidden value is left out as a whole; one that would be written is shown", () => {
  const patch = unifiedDiff("file", "password: s3cret\nuser: app\n", "user: application\n", ["s3cret", ""]);
  expect(patch).not.toContain("s3cret");
  expect(patch).toContain("-(a line that holds a password: not shown)\n-user: app\n+user: application\n");
});
