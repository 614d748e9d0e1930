import type { Layout } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { checkedBundle } from "./checked-bundle.ts";

/**
 * Checks files without binding a port; -dW: a warning is an error. The state file is there before, as the entrypoint has it: without
 * one HAProxy remarks that it knows nothing of the servers.
 */
function checking({ config, secrets, run }: Layout, ...more: readonly string[]): string[] {
  const files = ["-f", `${config}/haproxy.cfg`, "-f", `${secrets}/users.cfg`, ...more];
  return ["sh", "-c", `echo 1 > ${run}/servers.state; exec haproxy -dW -c -V "$@"`, "check", ...files];
}

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  const { haproxy } = exampleTopology(example);

  test.each(haproxy)("haproxy -c accepts the files of $name without a warning", async ({ name, layout }) => {
    const { exec } = await checkedBundle(example);
    expect(await exec(name, checking(layout))).toEqual({ exitCode: 0, stdout: "Configuration file is valid\n", stderr: "" });
  });

  test.each(haproxy)("haproxy -c refuses the file of $name as soon as it warns of one line in it", async ({ name, layout }) => {
    const { exec } = await checkedBundle(example);
    const careless = "backend careless\n  mode tcp\n  http-request deny\n";
    const { exitCode, stderr } = await exec(name, checking(layout, "-f", "/dev/stdin"), careless);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("[WARNING]");
  });
});
