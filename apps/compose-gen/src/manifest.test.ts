import type { RenderedFile } from "@matriarch/topology";
import { expect, test } from "vitest";
import { changedByHand, formatManifest, generationOf, manifestOf } from "./manifest.ts";

const TWO: RenderedFile = { path: "b/file", content: "two\n", mode: 0o444 };
const ONE: RenderedFile = { path: "a", content: "one\n", mode: 0o444 };
const FILES = [TWO, ONE];
const manifest = manifestOf(FILES, "scope", "1.2.3");

test("a manifest holds the SHA-256 of each file, sorted by path, whatever the order they come in", () => {
  expect(formatManifest(manifest)).toBe(`{
  "matriarch": "1.2.3",
  "scope": "scope",
  "files": {
    "a": "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806",
    "b/file": "27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a"
  }
}
`);
  expect(formatManifest(manifestOf(FILES.toReversed(), "scope", "1.2.3"))).toBe(formatManifest(manifest));
});

test("a generation is called by its bytes: any other byte, path, scope or version gives another name", () => {
  const others = [
    manifestOf([{ ...TWO, content: "two" }, ONE], "scope", "1.2.3"),
    manifestOf([{ ...TWO, path: "c" }, ONE], "scope", "1.2.3"),
    manifestOf(FILES, "other", "1.2.3"),
    manifestOf(FILES, "scope", "1.2.4"),
    manifestOf([ONE], "scope", "1.2.3"),
  ];
  expect(generationOf(manifest)).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set([manifest, ...others].map(generationOf)).size).toBe(6);
});

test("a file that was changed or removed by hand is named, the others are not", () => {
  expect(
    changedByHand(
      manifest,
      new Map([
        ["a", "one\n"],
        ["b/file", "two\n"],
      ]),
    ),
  ).toEqual([]);
  expect(
    changedByHand(
      manifest,
      new Map([
        ["a", "one"],
        ["b/file", "two\n"],
        ["stranger", "x"],
      ]),
    ),
  ).toEqual(["a"]);
  expect(
    changedByHand(
      manifest,
      new Map([
        ["a", "one\n"],
        ["b/file", undefined],
      ]),
    ),
  ).toEqual(["b/file"]);
});
