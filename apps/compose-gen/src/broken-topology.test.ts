import { hasErrors } from "@matriarch/topology";
import { anyText, brokenText, printableText } from "@matriarch/topology/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readTopology } from "./pipeline.ts";

const variable = fc.constantFrom(
  "SCOPE",
  "VERIFY_CLIENT_CERT",
  "ADMIN_HAPROXY_USER",
  "EXT_HAPROXY_RW_PORT",
  "EXT_PG_PORT_NODE",
  "POSTGRES_PASSWORD",
);
const environment = fc.oneof(
  fc.constant(""),
  anyText,
  fc
    .array(
      fc.tuple(variable, printableText).map(([name, value]) => `${name}=${value}\n`),
      { maxLength: 4 },
    )
    .map((lines) => lines.join("")),
);
const blanks = fc.constantFrom("fill", "tell", "refuse");

test("a broken topology with any environment file is judged by every rule, and never throws; where it cannot be valid, an error says so", () => {
  fc.assert(
    fc.property(brokenText, environment, blanks, ({ text, certain }, variables, mode) => {
      const { topology, diagnostics } = readTopology({ text, file: "topology.yaml" }, { text: variables, file: ".env" }, mode);
      const own = diagnostics.filter(({ file }) => file === "topology.yaml");
      if (certain || topology === undefined) expect(hasErrors(own)).toBe(true);
      for (const { code, line, column, message, hint } of diagnostics) {
        expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect([line, column].every((place) => place > 0)).toBe(true);
        expect(message).toMatch(/\S/);
        expect(`${message} ${hint}`).not.toMatch(/Invalid input|undefined|\[object/);
      }
    }),
  );
});
