import { printableText, readYaml } from "@matriarch/topology/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { formatOverlay } from "./overlay.ts";

it("any password is written in characters that PyYAML accepts, and reads back as it was", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.oneof(
          fc.integer({ min: 0x7f, max: 0xff }).map((code) => String.fromCharCode(code)),
          fc.string({ unit: "grapheme", maxLength: 1 }),
        ),
      }),
      (password) => {
        const text = formatOverlay({ password });
        expect(text).not.toMatch(/[\u007f-\u009f]/);
        const [, quoted = ""] = /^"password": (".*")\n$/s.exec(text) ?? [];
        expect(JSON.parse(quoted.replaceAll("\\x", "\\u00"))).toBe(password);
      },
    ),
  );
});

it("any printable password is read back by YAML 1.1 and 1.2", () => {
  fc.assert(
    fc.property(printableText, (password) => {
      expect(readYaml(formatOverlay({ password }))).toEqual({ password });
    }),
  );
});
