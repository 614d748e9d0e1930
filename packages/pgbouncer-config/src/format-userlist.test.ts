import { isPrintable } from "@matriarch/topology";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { formatUserlist } from "./format-userlist.ts";

const FIELD = String.raw`"((?:[^"]|"")*)"`;
const LINE = new RegExp(`^${FIELD} ${FIELD}$`, "u");

it("any printable password is read back as it is", () => {
  const user = fc.record({ name: fc.stringMatching(/^[a-z_]{1,20}$/), password: fc.string({ unit: "grapheme" }).filter(isPrintable) });
  fc.assert(
    fc.property(fc.array(user), (users) => {
      const lines = formatUserlist(users).split("\n").slice(0, -1);
      const read = lines.map((line) =>
        LINE.exec(line)
          ?.slice(1)
          .map((field) => field.replaceAll('""', '"')),
      );
      expect(read).toEqual(users.map(({ name, password }) => [name, password]));
    }),
  );
});
