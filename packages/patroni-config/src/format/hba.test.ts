import { printableText } from "@matriarch/topology/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { HbaRow, HbaWord } from "../model.ts";
import { readHba, readIdent } from "../testing/index.ts";
import { formatHba, formatIdent } from "./hba.ts";

const word: fc.Arbitrary<HbaWord> = fc.oneof(
  fc.record({ keyword: fc.constantFrom("all", "replication") }),
  fc.record({ name: printableText.filter((text) => text !== "") }),
);
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const row = (type: fc.Arbitrary<HbaRow["type"]>, address: fc.Arbitrary<string | null>): fc.Arbitrary<HbaRow> =>
  fc.record(
    {
      type,
      databases: words,
      users: words,
      address,
      method: fc.constantFrom("peer", "cert", "scram-sha-256", "reject"),
      option: fc.record({ name: fc.constantFrom("map", "clientcert"), value: fc.stringMatching(/^[a-z-]{1,12}$/) }),
    },
    { requiredKeys: ["type", "databases", "users", "address", "method"] },
  );
const anyRows = fc.array(
  fc.oneof(
    row(fc.constant("local"), fc.constant(null)),
    row(fc.constantFrom("host", "hostssl"), fc.constantFrom("all", "10.0.0.0/8", "2001:db8::/32")),
  ),
);

it("PostgreSQL's grammar reads the lines that were written, whatever their names hold", () => {
  fc.assert(
    fc.property(anyRows, (list) => {
      expect(readHba(formatHba([{ comment: ["Why, all of it."], rows: list }]))).toEqual(list);
    }),
  );
});

it("a database or role that is called like a keyword is quoted, so that it is only a name", () => {
  const [line] = formatHba([
    {
      comment: [],
      rows: [
        {
          type: "hostssl",
          databases: [{ name: "all" }, { keyword: "all" }],
          users: [{ name: "replication" }, { name: "app" }],
          address: "all",
          method: "reject",
        },
      ],
    },
  ]);
  expect(line?.split(/ +/)).toEqual(["hostssl", '"all",all', '"replication",app', "all", "reject"]);
});

it("a section without lines leaves no comment behind", () => {
  expect(formatHba([{ comment: ["nobody"], rows: [] }])).toEqual([]);
});

it("a line of the socket has no address, and an option comes last", () => {
  const rows = [
    {
      type: "local",
      databases: [{ keyword: "replication" }],
      users: [{ name: "r" }],
      address: null,
      method: "peer",
      option: { name: "map", value: "m" },
    },
  ] as const;
  const lines = formatHba([{ comment: ["Why."], rows }]);
  expect(lines[0]).toBe("# Why.");
  expect(lines[1]?.split(/ +/)).toEqual(["local", "replication", "r", "peer", "map=m"]);
});

it("pg_ident names the map, the user of the system and the role", () => {
  const mapping = { map: "m", systemUser: "postgres", role: "replicator" };
  expect(formatIdent([mapping])).toEqual(["m postgres replicator"]);
  expect(readIdent(formatIdent([mapping]))).toEqual([mapping]);
});
