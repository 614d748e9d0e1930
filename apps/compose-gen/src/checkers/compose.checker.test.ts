import path from "node:path";
import { allMembers, peersOf, secretsOf } from "@matriarch/topology";
import { EXAMPLE_NAMES } from "@matriarch/topology/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { containerOf } from "../targets/compose/containers.ts";
import { type CheckedBundle, checkedBundle } from "./checked-bundle.ts";
import { run, runOrThrow } from "./process.ts";
import { SECRET_MARK } from "./variant.ts";

const viewSchema = z.object({
  name: z.string(),
  services: z.record(
    z.string(),
    z.looseObject({
      extra_hosts: z
        .array(z.string())
        .default([])
        .transform((lines) => lines.toSorted()),
    }),
  ),
});

const probeSchema = z.object({ services: z.object({ probe: z.object({ environment: z.record(z.string(), z.string()) }) }) });

/** A dollar in what compose prints is doubled, so that it could be read again. */
function undoubled(text: string): string {
  return text.replaceAll("$$", "$");
}

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  let bundle: CheckedBundle;
  beforeAll(async () => {
    bundle = await checkedBundle(example);
  });

  /** As the bundle's own script calls it. */
  const compose = (...args: string[]) =>
    run("docker", [
      "compose",
      "--project-directory",
      bundle.directory,
      "--file",
      path.join(bundle.directory, "rendered/current/compose.yaml"),
      ...args,
    ]);

  test("compose accepts the file and the environment file beside it, without a word", async () => {
    const silence = { exitCode: 0, stdout: "", stderr: "" };
    expect(await compose("config", "--quiet")).toEqual(silence);
    // As a person types it in the folder of the bundle.
    expect(await run("docker", ["compose", "config", "--quiet"], { cwd: bundle.directory })).toEqual(silence);
    expect(await run("docker", ["compose", "--env-file", ".env.example", "config", "--quiet"], { cwd: bundle.directory })).toEqual(silence);
  });

  test("nothing in the file is a variable to compose, and both ways to call it see the same", async () => {
    const { stdout, stderr } = await compose("config", "--format", "json");
    expect(stderr).toBe("");
    const [header, ...variables] = (await compose("config", "--variables")).stdout.trim().split("\n");
    expect(header).toMatch(/^NAME/);
    expect(variables).toEqual([]);
    expect(await runOrThrow("docker", ["compose", "config", "--format", "json"], { cwd: bundle.directory })).toBe(stdout);
  });

  test("compose sees every container as it was meant", async () => {
    const { stdout } = await compose("config", "--format", "json");
    const view = viewSchema.parse(JSON.parse(undoubled(stdout)));
    const members = allMembers(bundle.topology);
    expect(view.name).toBe(bundle.topology.scope);
    expect(Object.keys(view.services).toSorted()).toEqual(members.map(({ name }) => name).toSorted());
    for (const member of members) {
      const meant = containerOf(bundle.topology, member, peersOf(bundle.topology, member));
      const {
        image,
        container_name,
        hostname,
        labels,
        command,
        healthcheck,
        user,
        read_only,
        cap_drop,
        security_opt,
        tmpfs,
        restart,
        logging,
      } = meant;
      const asWritten = {
        image,
        container_name,
        hostname,
        labels,
        command,
        user,
        read_only,
        cap_drop,
        security_opt,
        tmpfs,
        restart,
        logging,
      };
      expect(view.services[member.name]).toMatchObject({
        ...asWritten,
        healthcheck: { test: healthcheck.test },
        extra_hosts: meant.extra_hosts.map((line) => line.replace(":", "=")).toSorted(),
      });
    }
  });

  test("compose reads the passwords in .env as they are meant", async () => {
    const variables = secretsOf(bundle.topology).map(({ variable }) => variable);
    const environment = Object.fromEntries(variables.map((variable) => [variable, `\${${variable}}`]));
    const probe = JSON.stringify({ name: "probe", services: { probe: { image: "none", environment } } });
    const args = ["compose", "--env-file", path.join(bundle.directory, ".env"), "--file", "-", "config", "--format", "json"];
    const view = probeSchema.parse(JSON.parse(await runOrThrow("docker", args, { input: probe })));
    const read = Object.entries(view.services.probe.environment).map(([variable, value]) => [variable, undoubled(value)]);
    expect(Object.fromEntries(read)).toEqual(Object.fromEntries(variables.map((variable) => [variable, bundle.secrets[variable]])));
  });

  test("no password is in anything that compose or the engine shows", async () => {
    const containers = allMembers(bundle.topology).map(({ name }) => bundle.containerOf(name));
    const images = (await compose("config", "--images")).stdout.trim().split("\n");
    const shown = await Promise.all([
      compose("config").then(({ stdout }) => stdout),
      runOrThrow("docker", ["inspect", ...containers, ...images]),
      ...images.map((image) => runOrThrow("docker", ["history", "--no-trunc", image])),
      ...containers.map((container) => runOrThrow("docker", ["top", container, "-eo", "pid,args"])),
      ...allMembers(bundle.topology).map(({ name }) => bundle.logs(name)),
    ]);
    for (const text of shown) expect(text).not.toContain(SECRET_MARK);
    expect(Object.values(bundle.secrets)).toContainEqual(expect.stringContaining(SECRET_MARK));
  });
});
