import { printableText } from "@matriarch/topology/testing";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { formatHba } from "./format-hba.ts";
import type { HbaLine } from "./model.ts";
import { readHba } from "./testing/index.ts";

const name = printableText.filter((text) => text !== "");
const names = fc.oneof(fc.constant("all" as const), fc.array(name, { minLength: 1, maxLength: 4 }));
const method = fc.constantFrom("scram-sha-256", "reject");
const address = fc.constantFrom("0.0.0.0/0", "::/0", "10.1.0.0/16");
const hbaLine: fc.Arbitrary<HbaLine> = fc.oneof(
  fc.record({ type: fc.constant("local" as const), databases: names, users: names, method }),
  fc.record({ type: fc.constantFrom("hostssl", "host"), databases: names, users: names, address, method }),
);

it("PgBouncer's grammar reads the lines that were written, whatever their names hold", () => {
  fc.assert(
    fc.property(fc.array(hbaLine, { maxLength: 5 }), (lines) => {
      expect(readHba(formatHba(lines))).toEqual(lines);
    }),
  );
});

it("a role called like a keyword is a role", () => {
  expect(formatHba([{ type: "local", databases: ["all"], users: ["replication", "samerole"], method: "reject" }])).toContain(
    'local "all" "replication","samerole" reject\n',
  );
});
