import { expect, test } from "vitest";
import { membersWith } from "../cluster/cluster.ts";
import { passwordsIn } from "../cluster/environment.ts";
import { localQuery } from "../cluster/nodes.ts";
import { filesBelow, givenAway, secretsOf } from "../matrix/access/secrets.ts";
import { liveCluster } from "./live-cluster.ts";

const cluster = await liveCluster();
const { facts } = cluster;

test("A11: there are passwords and keys to look for, and the search finds them where they belong", async () => {
  const wanted = await secretsOf(facts);
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter(({ text }) => text.length < 16)).toEqual([]);
  const overlays = givenAway(wanted, await filesBelow(facts, "secrets"));
  for (const [name] of await passwordsIn(facts))
    expect(
      overlays.some((line) => line.startsWith(`${name} in `)),
      name,
    ).toBe(true);
});

test("A11: PostgreSQL's own statistics of statements hold no secret", async () => {
  for (const node of membersWith(facts, "postgresql")) {
    // Both tell of this very session, so they do tell.
    await localQuery(cluster, node, "SELECT /* seen by secrecy */ count(*) FROM pg_am WHERE amname <> 'heap'");
    const running = await localQuery(cluster, node, "SELECT query FROM pg_stat_activity");
    const past = await localQuery(cluster, node, "SELECT query FROM pg_stat_statements");
    expect(running.join("\n"), node.name).toContain("SELECT query FROM pg_stat_activity");
    expect(past.join("\n"), node.name).toContain("seen by secrecy");
    expect(givenAway(await secretsOf(facts), [{ where: node.name, text: [...running, ...past].join("\n") }])).toEqual([]);
  }
});

test("A11: each overlay is one daemon's own: no other user can read it, and it is in no other member", async () => {
  for (const member of facts.members) {
    const { stdout } = await cluster.run(member, ["sh", "-c", "stat -Lc '%a %u %n' /etc/matriarch/secrets/*; id -u"]);
    const lines = stdout.split("\n");
    const user = lines.at(-1);
    expect(
      lines.slice(0, -1).map((line) => line.split(" ").slice(0, 2).join(" ")),
      member.name,
    ).toEqual(lines.slice(0, -1).map(() => `400 ${user}`));
  }
});
