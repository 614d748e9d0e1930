import { printableText } from "@matriarch/topology/testing";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { formatUserlist } from "./format-userlist.ts";
import { readUserlist } from "./testing/index.ts";

it("any printable name and password are read back as they are", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ name: printableText, password: printableText })), (users) => {
      expect(readUserlist(formatUserlist(users))).toEqual(users);
    }),
  );
});
