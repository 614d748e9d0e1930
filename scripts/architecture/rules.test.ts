import { describe, expect, test } from "vitest";
import { specifiersIn } from "./read.ts";
import { findCircles, findMisplaced } from "./ranks.ts";
import { findViolations } from "./rules.ts";
import type { Workspace } from "./workspace.ts";

const topology = workspace("packages/topology");
const pki = workspace("packages/pki", { dependencies: ["@matriarch/topology"], references: ["packages/topology"] });
const verifier = workspace("apps/verifier", { dependencies: ["@matriarch/topology"], references: ["packages/topology"] });

function workspace(folder: string, rest: Partial<Workspace> = {}): Workspace {
  return { folder, name: folder.replace(/^\w+/, "@matriarch"), dependencies: [], references: [], imports: [], ...rest };
}

function importing(user: Workspace, specifier: string): Workspace {
  return { ...user, imports: [{ file: `${user.folder}/src/a.ts`, specifier }] };
}

function violations(...workspaces: Workspace[]): string[] {
  return findViolations(
    workspaces,
    workspaces.map(({ folder }) => folder),
  );
}

describe("the direction of the dependencies", () => {
  test("everyone may use the topology", () => {
    expect(violations(topology, importing(pki, "@matriarch/topology/testing"), importing(verifier, "@matriarch/topology"))).toEqual([]);
  });

  test.each([
    ["the topology uses nobody", importing(topology, "@matriarch/pki")],
    ["a package uses no other", importing(pki, "@matriarch/etcd-config")],
    ["the verifier uses no renderer", importing(verifier, "@matriarch/haproxy-config")],
    ["nobody uses an app", importing(verifier, "@matriarch/compose-gen")],
    ["nobody reaches into a neighbour's folder", importing(pki, "../../topology/src/index.ts")],
  ])("%s", (_, user) => {
    expect(violations(topology, pki, verifier, user)).toEqual([expect.stringMatching(/^\w+\/[\w-]+\/src\/a.ts imports /)]);
  });

  test("compose-gen may use every package, and no app", () => {
    const user = workspace("apps/compose-gen", {
      dependencies: ["@matriarch/pki", "@matriarch/verifier"],
      references: ["packages/pki", "apps/verifier"],
    });
    expect(violations(topology, pki, verifier, user)).toEqual(["apps/compose-gen/package.json depends on @matriarch/verifier"]);
  });
});

test("what a package depends on is compiled before it, and every package is compiled", () => {
  expect(findViolations([topology, { ...pki, references: [] }], ["packages/topology"])).toEqual([
    "packages/pki/tsconfig.json does not refer to packages/topology, which it depends on",
    "tsconfig.json does not refer to packages/pki",
  ]);
});

describe("the rooms of an app", () => {
  const tiers = [["reason.ts", "history"], ["checks"], ["run"]];
  const misplaced = (file: string, specifier: string) =>
    findMisplaced({ ...verifier, imports: [{ file: `apps/verifier/src/${file}`, specifier }] }, tiers);

  test("use what ranks below them, and themselves", () => {
    expect(misplaced("run/play.ts", "../checks/catalogue.ts")).toEqual([]);
    expect(misplaced("run/play.ts", "./phases.ts")).toEqual([]);
    expect(misplaced("checks/conclude.ts", "../reason.ts")).toEqual([]);
  });

  test("use nothing above them, and nothing beside them", () => {
    expect(misplaced("checks/catalogue.ts", "../run/record.ts")).toEqual([
      "apps/verifier/src/checks/catalogue.ts imports ../run/record.ts: checks ranks no higher than run",
    ]);
    expect(misplaced("history/event.ts", "../reason.ts")).toHaveLength(1);
  });

  test("have a rank", () => {
    expect(misplaced("utils/all.ts", "../run/play.ts")).toEqual([
      "apps/verifier/src/utils has no rank: give it one in scripts/architecture/ranks.ts",
    ]);
  });

  test("may be looked at by tests from anywhere", () => {
    expect(misplaced("checks/figures.test.ts", "../run/series.ts")).toEqual([]);
    expect(misplaced("history/testing/told.ts", "../../run/record.ts")).toEqual([]);
  });
});

test("a circle of files is found, however long, and told once", () => {
  const use = (from: string, to: string) => ({ file: `apps/verifier/src/${from}.ts`, specifier: `./${to}.ts` });
  const circles = (...imports: Workspace["imports"]) => findCircles({ ...verifier, imports });
  expect(circles(use("a", "b"), use("b", "c"), use("a", "c"))).toEqual([]);
  expect(circles(use("a", "b"), use("b", "c"), use("c", "b"))).toEqual([
    "apps/verifier/src/b.ts → apps/verifier/src/c.ts → apps/verifier/src/b.ts: a circle",
  ]);
});

test("imports are found in every form", () => {
  const source = `import a from "a";\nimport "b";\nexport * from "./c.ts";\nexport {\n  d,\n} from "d/e";\nawait import("f");\nconst g = "from g";`;
  expect(specifiersIn(source)).toEqual(["a", "b", "./c.ts", "d/e", "f"]);
});
