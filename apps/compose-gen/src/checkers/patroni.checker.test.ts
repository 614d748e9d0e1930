import type { Layout } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { checkedBundle } from "./checked-bundle.ts";
import { untilHealthy } from "./health.ts";
import { isKnownLimit } from "./patroni-limits.ts";

/** Checks a folder that holds both files, as the container's entrypoint lays it out. */
function check({ config, secrets }: Layout): string[] {
  const folder = "/tmp/patroni";
  const links = `ln -sf ${config}/patroni.yml ${folder}/1.yml && ln -sf ${secrets}/patroni.yml ${folder}/2.yml`;
  return ["sh", "-c", `mkdir -p ${folder} && ${links} && exec patroni --validate-config ${folder}`];
}

/*
 * The checker dials the DCS and looks at ports, folders and programs. It says nothing of keys that it does not know: those
 * of PostgreSQL are PostgreSQL's to judge (postgresql.checker.test.ts), those of Patroni show on the live cluster.
 */
describe.each(EXAMPLE_NAMES)("%s", (example) => {
  const { postgresql, etcd } = exampleTopology(example);

  test.each(postgresql)(
    "patroni --validate-config finds nothing wrong at $name, but for the known limits of the checker",
    async ({ name, layout }) => {
      const bundle = await checkedBundle(example);
      await untilHealthy(bundle, etcd);
      const { exitCode, stdout, stderr } = await bundle.exec(name, check(layout));
      const lines = `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
      expect(lines.filter((line) => !isKnownLimit(line))).toEqual([]);
      expect(exitCode).toBe(lines.length === 0 ? 0 : 1);
    },
  );
});

test("patroni --validate-config does notice a wrong value, a missing program and a DCS that does not answer", async () => {
  const example = "two-datacenters";
  const bundle = await checkedBundle(example);
  const node = bundle.topology.postgresql[0]?.name ?? "";
  const wrong = (await bundle.read(`${node}/patroni.yml`))
    .replaceAll(":2379", ":2999")
    .replaceAll("/usr/lib/postgresql", "/nowhere")
    .replace('"ttl": 20', '"ttl": 5');
  const { exitCode, stdout, stderr } = await bundle.exec(
    node,
    ["sh", "-c", "cat > /tmp/wrong.yml; patroni --validate-config /tmp/wrong.yml"],
    wrong,
  );
  expect(exitCode).toBe(1);
  expect(`${stdout}${stderr}`).toMatch(/ttl 5 didn't pass[^]*2999 is not reachable[^]*'\/nowhere/);
});
