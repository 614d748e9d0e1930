import { type Member, PORTS } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type CheckedBundle, checkedBundle } from "./checked-bundle.ts";
import { etcdSettings } from "./etcd-settings.ts";
import { untilHealthy } from "./health.ts";

/** Asks a member's JSON gateway with its own certificate, as its set-up script does. `body`: a text, or `@file`. */
async function ask(
  bundle: CheckedBundle,
  { name, layout: { pki } }: Member,
  method: string,
  body: string,
  token?: string,
): Promise<unknown> {
  const tls = ["--cacert", `${pki}/etcd-ca.crt`, "--cert", `${pki}/server.crt`, "--key", `${pki}/server.key`];
  const header = token === undefined ? [] : ["--header", `Authorization: ${token}`];
  const url = `https://127.0.0.1:${PORTS.etcd}/v3/${method}`;
  return JSON.parse(await bundle.ask(name, ["curl", "--silent", "--show-error", "--fail", ...tls, ...header, "--data", body, url]));
}

async function logIn(bundle: CheckedBundle, member: Member, user: string): Promise<string> {
  const answer = await ask(bundle, member, "auth/authenticate", `@${member.layout.secrets}/${user}.json`);
  return z.object({ token: z.string() }).parse(answer).token;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

const membersSchema = z.object({
  members: z.array(z.object({ name: z.string(), clientURLs: z.array(z.string()), peerURLs: z.array(z.string()) })),
});

/** `address:port` of every listening TCP socket, those of IPv6 with a longer address; the engine's own resolver left out. */
function listening(procNetTcp: string): string[] {
  return procNetTcp
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === "0A")
    .map(([, local = ""]) => {
      const [address = "", port = ""] = local.split(":");
      return `${Buffer.from(address, "hex").toReversed().join(".")}:${Number.parseInt(port, 16)}`;
    })
    .filter((socket) => !socket.startsWith("127.0.0.11:"))
    .toSorted();
}

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  const { etcd } = exampleTopology(example);
  let bundle: CheckedBundle;
  let rootToken: string;

  beforeAll(async () => {
    bundle = await checkedBundle(example);
    await untilHealthy(bundle, etcd);
    for (const member of etcd.slice(0, 1)) rootToken = await logIn(bundle, member, "root");
  });

  describe.each(etcd.slice(0, 1))("the cluster, asked at $name,", (member) => {
    const asRoot = (method: string, body = "{}") => ask(bundle, member, method, body, rootToken);

    test("has every member under its name, and no alarm", async () => {
      const { members } = membersSchema.parse(await asRoot("cluster/member/list"));
      const expected = etcd.map(({ name, instance }) => ({
        name: instance,
        clientURLs: [`https://${name}:${PORTS.etcd}`],
        peerURLs: [`https://${name}:${PORTS.etcdPeer}`],
      }));
      expect(members).toHaveLength(expected.length);
      expect(members).toEqual(expect.arrayContaining(expected));
      expect(await asRoot("maintenance/alarm", '{"action":"GET"}')).not.toHaveProperty("alarms");
    });

    test("has authentication on, two users, and one permission for patroni", async () => {
      const prefix = `/service/${bundle.topology.scope}/`;
      const permission = { permType: "READWRITE", key: base64(prefix), range_end: base64(prefix.replace(/\/$/, "0")) };
      expect(await asRoot("auth/status")).toHaveProperty("enabled", true);
      expect(await asRoot("auth/user/list")).toHaveProperty("users", ["patroni", "root"]);
      expect(await asRoot("auth/user/get", '{"name":"patroni"}')).toHaveProperty("roles", ["patroni"]);
      expect(await asRoot("auth/role/get", '{"role":"patroni"}')).toHaveProperty("perm", [permission]);
    });

    test("lets patroni write below its prefix and nowhere else", async () => {
      const token = await logIn(bundle, member, "patroni");
      const put = (key: string) => ask(bundle, member, "kv/put", JSON.stringify({ key: base64(key), value: base64("x") }), token);
      await expect(put(`/service/${bundle.topology.scope}/probe`)).resolves.toHaveProperty("header");
      await expect(put("/service/another-cluster/probe")).rejects.toThrow("403");
    });
  });

  describe.each(etcd)("$name", (member) => {
    test("takes root's token from any member, and knows the leader", async () => {
      const status = await ask(bundle, member, "maintenance/status", "{}", rootToken);
      expect(status).toHaveProperty("leader", expect.stringMatching(/^[1-9]/));
    });

    test("listens on its own address and the loopback; for metrics on the loopback only", async () => {
      const address = bundle.topology.etcd.find(({ name }) => name === member.name)?.addresses.dcs;
      const expected = [
        `127.0.0.1:${PORTS.etcd}`,
        `127.0.0.1:${PORTS.etcdMetrics}`,
        `${address}:${PORTS.etcd}`,
        `${address}:${PORTS.etcdPeer}`,
      ];
      expect(listening(await bundle.ask(member.name, ["cat", "/proc/net/tcp", "/proc/net/tcp6"]))).toEqual(expected.toSorted());
    });

    test("runs with what its file says", async () => {
      const { said, written } = etcdSettings(await bundle.read(`${member.name}/etcd.yaml`), await bundle.logs(member.name));
      expect(said).toEqual(written);
    });
  });
});
