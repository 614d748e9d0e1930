import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../testing/folder.ts";
import { run } from "../testing/program.ts";
import { writtenBundle } from "../testing/written-bundle.ts";

describe("certs", () => {
  test("exits with 0 where all is well, and with 1 where one ends within the days that were asked for", async () => {
    const { out } = await writtenBundle();
    const { status, stdout, stderr } = run(["certs", out]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^DAYS .*\n +396 .* pki\/clients\/operator\/client\.crt /);
    expect(stdout).toMatch(/\n35 certificates, no problems\.\n$/);
    expect(run(["certs", out, "--within", "30", "--quiet"])).toEqual({ status: 0, stdout: "", stderr: "" });
    const soon = run(["certs", out, "--within", "1000"]);
    expect(soon.status).toBe(1);
    expect(soon.stdout).toMatch(/\n35 certificates, no problems, 32 with less than 1000 days left\.\n$/);
  });

  test("exits with 1 where something is wrong with one, of which alone it speaks quietly", async () => {
    const { out } = await writtenBundle();
    await rm(path.join(out, "pki/node1-etcd/server.key"));
    const { status, stdout } = run(["certs", out, "--quiet"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^DAYS .*\n +396 .* pki\/node1-etcd\/server\.crt .*\n {6}Its private key is not beside it\.\n$/);
    const report: unknown = JSON.parse(run(["certs", out, "--format", "json", "--within", "1"]).stdout);
    expect(report).toMatchObject({
      ok: false,
      within: 1,
      certificates: expect.arrayContaining([
        expect.objectContaining({ path: "pki/node1-etcd/server.crt", problems: ["Its private key is not beside it."], expiring: false }),
      ]),
    });
  });

  test("exits with 2 where there is no bundle, or no number of days", async () => {
    const folder = await temporaryFolder();
    expect(run(["certs", folder])).toEqual({
      status: 2,
      stdout: "",
      stderr: `compose-gen: ${folder}: there are no certificates in its pki folder. Name the folder of a bundle, as for render --out.\n`,
    });
    expect(run(["certs", folder, "--within", "soon"]).stderr).toContain(
      "argument 'soon' is invalid. It must be a number of days, like 30.\n",
    );
  });
});
