import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { checkedBundle } from "./checked-bundle.ts";

/** Checks files without binding a port; -dW: a warning is an error. */
const CHECK = ["haproxy", "-dW", "-c", "-V"];

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  const { haproxy } = exampleTopology(example);

  test.each(haproxy)("haproxy -c accepts the files of $name without a warning", async ({ name, layout }) => {
    const { exec } = await checkedBundle(example);
    const files = ["-f", `${layout.config}/haproxy.cfg`, "-f", `${layout.secrets}/users.cfg`];
    expect(await exec(name, [...CHECK, ...files])).toEqual({ exitCode: 0, stdout: "Configuration file is valid\n", stderr: "" });
  });

  test.each(haproxy)("haproxy -c refuses the file of $name as soon as it warns of one line in it", async ({ name, layout }) => {
    const { exec } = await checkedBundle(example);
    const careless = "backend careless\n  mode tcp\n  http-request deny\n";
    const files = ["-f", `${layout.config}/haproxy.cfg`, "-f", `${layout.secrets}/users.cfg`, "-f", "/dev/stdin"];
    const { exitCode, stderr } = await exec(name, [...CHECK, ...files], careless);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("[WARNING]");
  });
});
