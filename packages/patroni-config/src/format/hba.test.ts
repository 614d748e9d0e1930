import { expect, it } from "vitest";
import { formatHba, formatIdent } from "./hba.ts";

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
  expect(formatIdent([{ map: "m", systemUser: "postgres", role: "replicator" }])).toEqual(["m postgres replicator"]);
});
