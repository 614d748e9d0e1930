import { DAEMON_USERS, type Topology } from "@matriarch/topology";
import {
  anyTopology,
  EXAMPLE_NAMES,
  exampleSecrets,
  exampleTopology,
  printableText,
  topologyOf,
  withoutTwins,
} from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveHaproxy } from "./derive.ts";
import { renderHaproxy, renderHaproxySecrets } from "./render.ts";
import { sectionsOf } from "./testing/grammar.ts";
import { linesOf, readHaproxy } from "./testing/index.ts";

const NODES = "cluster: c\nnodes: { n1: [etcd, postgresql], n2: [etcd, postgresql], n3: [etcd, postgresql], p: [haproxy, pgbouncer] }\n";
const textOf = (topology: Topology) => renderHaproxy(topology).find(({ path }) => path.endsWith("haproxy.cfg"))?.content ?? "";
const render = (text: string) => textOf(topologyOf(NODES + text));

const linesIn = (text: string, section: string, keyword: string) =>
  sectionsOf(text)
    .get(section)
    ?.filter(([first]) => first === keyword) ?? [];

describe.each(EXAMPLE_NAMES)("the example %s", (example) => {
  const topology = exampleTopology(example);
  const files = renderHaproxy(topology);

  it.each(withoutTwins(files).map((file) => [file.path, file.content] as const))("%s is its golden", async (path, content) => {
    await expect(content).toMatchFileSnapshot(`../fixtures/${example}/${path}`);
  });

  it("renders two files that anyone may read for each member, by path", () => {
    const expected = topology.haproxy.flatMap(({ name }) => [`${name}/cancel.lua`, `${name}/haproxy.cfg`]).toSorted();
    expect(files.map(({ path, mode }) => [path, mode])).toEqual(expected.map((path) => [path, 0o444]));
  });

  it("keeps every secret out of what is rendered", () => {
    const secrets = Object.values(exampleSecrets(topology));
    for (const { content } of files) for (const secret of secrets) expect(content).not.toContain(secret);
  });
});

describe("any topology", () => {
  it("is read by HAProxy's grammar as the model, in lines that it can split, without a hole", () => {
    fc.assert(
      fc.property(anyTopology, (topology) => {
        const files = new Map(renderHaproxy(topology).map(({ path, content }) => [path, content]));
        for (const member of topology.haproxy) {
          const content = files.get(`${member.name}/haproxy.cfg`) ?? "";
          expect(content).not.toMatch(/undefined|\[object|NaN|\{\{/);
          for (const words of linesOf(content)) expect(words.length).toBeLessThanOrEqual(64);
          const { descriptions, directives, nodes, poolers, primaryServesReads, ...model } = deriveHaproxy(topology, member);
          expect(readHaproxy(content)).toEqual({
            ...model,
            poolers,
            primaryServesReads,
            descriptions: primaryServesReads ? descriptions : { ...descriptions, primaryReads: undefined },
            directives: directives.map(({ keyword, words }) => ({ keyword, words })),
            // Without a pooler there is no lane for one.
            nodes: nodes.map((node) => (poolers.length > 0 ? node : { ...node, pooled: undefined })),
          });
        }
      }),
    );
  });

  it("names PostgreSQL's members as servers in every backend, at literal addresses, and tracks checked servers only", () => {
    fc.assert(
      fc.property(anyTopology, (topology) => {
        const sections = sectionsOf(textOf(topology));
        const backends = [...sections].filter(([name]) => name.startsWith("backend "));
        const servers = backends.flatMap(([name, lines]) =>
          lines.filter(([first]) => first === "server").map((words) => ({ backend: name.slice(8), words })),
        );
        const checked = servers.filter(({ words }) => words.includes("check")).map(({ backend, words }) => `${backend}/${words[1]}`);
        for (const { words } of servers) {
          expect(words[2]).toMatch(/^\d+\.\d+\.\d+\.\d+:5432$/);
          if (words.includes("track")) expect(checked).toContain(words[words.indexOf("track") + 1]);
          else {
            const host = topology.postgresql.find(({ instance }) => instance === words[1])?.name;
            expect(words.slice(-5)).toEqual(["check", "check-sni", host, "verifyhost", host]);
          }
        }
        const names = topology.postgresql.map(({ instance }) => instance);
        for (const [name, lines] of backends) {
          const here = lines.filter(([first]) => first === "server").map((words) => words[1] ?? "");
          expect(
            here.filter((server) => !server.includes("_")),
            name,
          ).toEqual(names);
        }
      }),
    );
  });

  it("routes to backends that exist", () => {
    fc.assert(
      fc.property(anyTopology, (topology) => {
        const sections = sectionsOf(textOf(topology));
        const routes = [...sections.values()].flat().filter(([first]) => first === "use_backend" || first === "default_backend");
        for (const [, backend] of routes) expect([...sections.keys()]).toContain(`backend ${backend}`);
      }),
    );
  });
});

describe("a request to cancel a query (pgbouncer PR#666)", () => {
  it("is passed on where reads are balanced, before a server is chosen", () => {
    const rules = linesIn(render(""), "frontend ro", "tcp-request").filter(([, kind]) => kind === "content");
    expect(rules[0]?.slice(2, 4)).toEqual(["use-service", "lua.cancel"]);
    expect(linesIn(render(""), "frontend rw", "tcp-request").flat()).not.toContain("use-service");
  });

  it("goes to every node, at the literal address where it takes sessions", () => {
    const script = renderHaproxy(topologyOf(NODES)).find(({ path }) => path.endsWith("cancel.lua"))?.content ?? "";
    expect([...script.matchAll(/\{ "([\d.]+)", (\d+) \}/g)].map(([, address, port]) => `${address}:${port}`)).toEqual(
      topologyOf(NODES).postgresql.map(({ addresses }) => `${addresses.database}:5432`),
    );
  });
});

describe("who may connect", () => {
  const withSources = (...from: string[]): Topology => {
    const topology = topologyOf(NODES);
    return { ...topology, logins: topology.logins.map((login) => ({ ...login, from })) };
  };
  const allowed = (topology: Topology, port: string) =>
    linesIn(textOf(topology), `frontend ${port}`, "acl")
      .filter(([, name]) => name === "from_client")
      .map((words) => words[3]);

  it("is not limited when some login may come from everywhere", () => {
    expect(allowed(withSources("10.0.0.0/8", "0.0.0.0/0"), "rw")).toEqual([]);
    expect(render("")).not.toContain("from_client");
  });

  it.each(["rw", "ro"])("is limited on port %s to the networks of all logins, the poolers and the machine itself", (port) => {
    const topology = withSources("192.168.7.0/24", "10.0.0.0/8", "10.0.0.0/8");
    expect(allowed(topology, port)).toEqual(["127.0.0.0/8", "172.28.0.18", "10.0.0.0/8", "192.168.7.0/24"]);
    expect(linesIn(textOf(topology), `frontend ${port}`, "tcp-request")[0]).toEqual([
      "tcp-request",
      "connection",
      "reject",
      "unless",
      "from_client",
    ]);
  });

  it("is the union of what the topology says, which the monitor does not widen (patroni#719)", () => {
    const text = NODES + "databases: { app: { readers: [bi] } }\nroles: { app: { from: [10.1.0.0/16] }, bi: { from: [10.2.0.0/16] } }";
    expect(allowed(topologyOf(text), "rw")).toEqual(["127.0.0.0/8", expect.any(String), "10.1.0.0/16", "10.2.0.0/16"]);
  });

  it("does not let ::/0 open an IPv4 port", () => {
    expect(allowed(withSources("::/0"), "rw")).toEqual(["127.0.0.0/8", "172.28.0.18"]);
  });

  it("holds any list of networks, one a line", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const network = fc.tuple(octet, octet, octet).map((bytes) => `${bytes.join(".")}.0/24`);
    fc.assert(
      fc.property(fc.uniqueArray(network, { minLength: 1, maxLength: 200 }), (networks) => {
        expect(allowed(withSources(...networks), "ro").slice(2)).toEqual(networks.toSorted());
      }),
    );
  });
});

it("writes go to who holds the lease and runs as a primary, and to nobody while two say so", () => {
  const text = render("");
  expect(linesIn(text, "backend rw", "http-check").map((words) => words.slice(1))).toEqual([
    ["send", "meth", "GET", "uri", "/primary", "ver", "HTTP/1.1", "hdr", "Host", "patroni"],
    ["expect", "rstring", '"state": *"running"'],
    ["expect", "status", "200"],
    ["expect", "rstring", '"role": *"primary"'],
  ]);
  expect(text).toContain("tcp-request connection reject unless { nbsrv(rw) eq 1 }");
});

describe("reads", () => {
  it("may end at the primary when the topology says so, and only then", () => {
    expect(render("")).toContain("use_backend ro_primary if primary");
    const text = render("reads: { primary_as_fallback: false }");
    expect(text).not.toContain("ro_primary");
    expect(text).toContain("reject unless replicas or stale !primary");
  });

  it("leave a replica by lag in bytes, and one that does not stream", () => {
    const checks = linesIn(render("reads: { max_lag: 3MiB }"), "backend ro_replicas", "http-check");
    expect(checks.map((words) => words.slice(1))).toEqual([
      ["send", "meth", "GET", "uri", "/replica?lag=3145728", "ver", "HTTP/1.1", "hdr", "Host", "patroni"],
      ["expect", "rstring", '"replication_state": *"streaming"'],
      ["expect", "status", "200"],
    ]);
  });

  it("say in the statistics when the limit on staleness is waived", () => {
    expect(linesIn(render(""), "backend ro_stale", "description")).toEqual([
      ["description", expect.stringContaining("the limit of 16 MiB is waived")],
    ]);
  });
});

describe("the poolers' lane", () => {
  it("takes every pooler's address, and the nodes' addresses in the pooled network", () => {
    const text = textOf(exampleTopology("failsafe-quorum"));
    expect(linesIn(text, "frontend rw", "acl")).toEqual([
      ["acl", "from_pooler", "src", "172.29.0.18"],
      ["acl", "from_pooler", "src", "172.29.0.20"],
    ]);
    expect(linesIn(text, "backend rw_pooled", "server")[0]).toEqual(["server", "pg1", "172.29.2.14:5432", "track", "rw/pg1"]);
  });

  it("is not there without a pooler", () => {
    const text = textOf(topologyOf(NODES.replace(", pgbouncer", "")));
    expect(text).not.toContain("pooled");
    expect(text).not.toContain("from_pooler");
  });
});

describe("the process", () => {
  it("keeps connections for the statistics beside those of the two ports", () => {
    const text = render("balancer: { max_connections: 1000 }");
    const limits = ["global", "frontend rw", "frontend ro", "frontend stats"].map((section) => linesIn(text, section, "maxconn")[0]?.[1]);
    expect(limits).toEqual(["2100", "1000", "1000", "100"]);
  });

  it.each([
    [0.5, "1"],
    [2.9, "2"],
    [128, "64"],
  ])("given %d processors runs %s threads", (cpus, threads) => {
    const text = textOf(topologyOf(NODES.replace("p: [haproxy, pgbouncer]", `p: { roles: [haproxy], resources: { cpus: ${cpus} } }`)));
    expect(linesIn(text, "global", "nbthread")).toEqual([["nbthread", threads]]);
  });

  it("takes the topology's parameters: in place of a default, bare, left out, or added, their words as they are", () => {
    const text = render(
      `parameters: { haproxy: { hard-stop-after: 5m, nosplice: true, nbthread: false, tune.bufsize: 32768, log-tag: "a#b$HOME", cpu-map: "1 0-3" } }`,
    );
    const words = sectionsOf(text).get("global") ?? [];
    expect(words).toEqual(
      expect.arrayContaining([
        ["hard-stop-after", "5m"],
        ["nosplice"],
        ["tune.bufsize", "32768"],
        ["log-tag", "a#b$HOME"],
        ["cpu-map", "1", "0-3"],
      ]),
    );
    expect(words.filter(([keyword]) => keyword === "nbthread" || keyword === "hard-stop-after")).toHaveLength(1);
  });
});

describe("the secrets", () => {
  const topology = exampleTopology("failsafe-quorum");

  it("are one file for each member, readable by HAProxy's user alone", () => {
    expect(renderHaproxySecrets(topology, exampleSecrets(topology))).toEqual(
      ["edge1-haproxy", "edge2-haproxy"].map((name) => ({
        path: `${name}/users.cfg`,
        content: "userlist operators\n  user ha_admin insecure-password 'secret of ADMIN_HAPROXY_PASSWORD'\n",
        mode: 0o400,
        owner: DAEMON_USERS.haproxy.id,
      })),
    );
  });

  it("hold any printable password as it is", () => {
    fc.assert(
      fc.property(printableText, (password) => {
        const [file] = renderHaproxySecrets(topology, { ADMIN_HAPROXY_PASSWORD: password });
        expect(linesOf(file?.content ?? "")).toEqual([
          ["userlist", "operators"],
          ["user", "ha_admin", "insecure-password", password],
        ]);
      }),
    );
  });

  it("name the list that the statistics ask", () => {
    expect(textOf(topology)).toContain("unless { http_auth(operators) }");
  });

  it("are not made up where the environment file has none", () => {
    expect(() => renderHaproxySecrets(topology, {})).toThrow("ADMIN_HAPROXY_PASSWORD");
  });
});
