import { describe, expect, test } from "vitest";
import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import { checkedBundle } from "./checked-bundle.ts";

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  test.each(exampleTopology(example).haproxy)("HAProxy accepts what $name reads, without a warning", async ({ name, layout }) => {
    const bundle = await checkedBundle(example);
    const files = ["-f", `${layout.config}/haproxy.cfg`, "-f", `${layout.secrets}/users.cfg`];
    // -dW: a warning is an error.
    expect(await bundle.exec(name, ["haproxy", "-dW", "-c", "-V", ...files])).toEqual({
      exitCode: 0,
      stdout: "Configuration file is valid\n",
      stderr: "",
    });
  });
});
