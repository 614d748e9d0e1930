import { execFileSync } from "node:child_process";
import { DAEMON_USERS } from "@matriarch/topology";
import {
  anyTopology,
  EXAMPLE_NAMES,
  exampleSecrets,
  exampleTopology,
  printableText,
  readYaml,
  topologyOf,
  withoutTwins,
} from "@matriarch/topology/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveConfig } from "./derive.ts";
import { renderEtcd, renderEtcdSecrets } from "./render.ts";

const NODES = "nodes: { e1: [etcd], e2: [etcd], e3: [etcd], n1: [postgresql], n2: [postgresql], p: [haproxy, pgbouncer] }";

describe.each(EXAMPLE_NAMES)("the example %s", (example) => {
  const files = renderEtcd(exampleTopology(example));

  it.each(withoutTwins(files).map((file) => [file.path, file.content] as const))("%s is its golden", async (path, content) => {
    await expect(content).toMatchFileSnapshot(`../fixtures/${example}/${path}`);
  });

  it("renders the same script for every member: the golden of the first is that of all", () => {
    expect(new Set(files.filter(({ path }) => path.endsWith("/enable-auth.sh")).map(({ content }) => content)).size).toBe(1);
  });

  it("renders a configuration anyone may read and a script anyone may run, for each member, by path", () => {
    expect(files.map(({ path, mode }) => [path, mode])).toEqual(
      exampleTopology(example)
        .etcd.flatMap(({ name }) => [
          [`${name}/enable-auth.sh`, 0o555],
          [`${name}/etcd.yaml`, 0o444],
        ])
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  });

  it("renders a script that a POSIX shell can parse", () => {
    for (const { content } of files.filter(({ mode }) => mode === 0o555)) {
      expect(() => execFileSync("sh", ["-n"], { input: content })).not.toThrow();
    }
  });

  it("keeps every secret out of what is rendered", () => {
    const secrets = Object.values(exampleSecrets(exampleTopology(example)));
    for (const { content } of files) for (const secret of secrets) expect(content).not.toContain(secret);
  });
});

describe("etcd.yaml", () => {
  it("of any topology is read as the model, by YAML 1.1 and 1.2", () => {
    fc.assert(
      fc.property(anyTopology, (topology) => {
        const files = new Map(renderEtcd(topology).map(({ path, content }) => [path, content]));
        for (const member of topology.etcd) {
          expect(readYaml(files.get(`${member.name}/etcd.yaml`) ?? "")).toEqual(
            Object.fromEntries(deriveConfig(topology, member).map(({ key, value }) => [key, value])),
          );
        }
      }),
    );
  });

  const yamlOf = (text: string) => renderEtcd(topologyOf(text)).find(({ path }) => path === "e1/etcd.yaml")?.content ?? "";

  it("listens on the loopback and on the member's own addresses, also where its port is published", () => {
    const published = NODES.replace("e1: [etcd]", "e1: { roles: [etcd], publish: { etcd: 2379 } }");
    expect(yamlOf(`cluster: c\n${published}`)).toContain(
      '"listen-client-urls": "https://127.0.0.1:2379,https://172.28.3.11:2379,https://172.28.4.11:2379"',
    );
  });

  it("takes the topology's parameters in place of the defaults, typed as etcd reads them", () => {
    const text = yamlOf(
      `cluster: c\n${NODES}\nparameters: { etcd: { log-level: warn, cipher-suites: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256", pre-vote: false, experimental-corrupt-check-time: 1000000000 } }`,
    );
    expect(text).toContain('"log-level": "warn"');
    expect(text).not.toContain('"info"');
    expect(text).toContain('"cipher-suites":\n  - "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"\n  - "TLS_AES_128_GCM_SHA256"\n');
    expect(text).toContain('"pre-vote": false');
    expect(text).toContain('"experimental-corrupt-check-time": 1000000000');
  });

  it.each([
    ["128MiB", 64],
    ["512MiB", 128],
    ["4GiB", 1024],
    ["64GiB", 2048],
  ])("fits the quota of a member with %s into its memory", (memory, mebibytes) => {
    const node = NODES.replace("e1: [etcd]", `e1: { roles: [etcd], resources: { memory: ${memory} } }`);
    expect(yamlOf(`cluster: c\n${node}`)).toContain(`"quota-backend-bytes": ${mebibytes * 1024 ** 2}\n`);
  });
});

describe("the secrets", () => {
  const topology = topologyOf(`cluster: c\n${NODES}`);

  it("are two request bodies for each member, readable by etcd's user alone", () => {
    const files = renderEtcdSecrets(topology, exampleSecrets(topology));
    expect(files.map(({ path, mode, owner }) => ({ path, mode, owner }))).toEqual(
      ["e1", "e2", "e3"].flatMap((name) =>
        ["patroni", "root"].map((user) => ({ path: `${name}/${user}.json`, mode: 0o400, owner: DAEMON_USERS.etcd.id })),
      ),
    );
  });

  it("hold any password as it is", () => {
    fc.assert(
      fc.property(fc.oneof(printableText, fc.string({ unit: "grapheme", minLength: 1 })), (password) => {
        const [file] = renderEtcdSecrets(topology, { ETCD_ROOT_PASSWORD: "root's", ETCD_PATRONI_PASSWORD: password });
        expect(JSON.parse(file?.content ?? "")).toEqual({ name: "patroni", password });
      }),
    );
  });

  it("are not made up where the environment file has none", () => {
    expect(() => renderEtcdSecrets(topology, { ETCD_ROOT_PASSWORD: "x" })).toThrow("ETCD_PATRONI_PASSWORD");
  });
});
