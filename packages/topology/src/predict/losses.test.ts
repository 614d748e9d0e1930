import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleTopology, topologyOf, validText } from "../testing/index.ts";
import { type Consequence, isNoBetter, worse } from "./effect.ts";
import { lossOf, predictLosses } from "./losses.ts";

/** `writes reads data`, as short as it can be read. */
function briefly({ writes, reads, data }: Consequence): string {
  const stop = writes.kind === "stop" ? `stop until ${writes.until}` : writes.kind;
  return `${stop}, reads ${reads.kind}, ${data}`;
}

function lose(text: string, ...nodes: string[]): string {
  return briefly(lossOf(topologyOf(text), nodes));
}

describe("the reference cluster", () => {
  const { nodes, datacenters, pairs } = predictLosses(exampleTopology("two-datacenters"));

  test("goes on without any one etcd member or the remote node, and pauses without a node of DC1", () => {
    expect(Object.fromEntries(nodes.map((loss) => [loss.node, briefly(loss)]))).toEqual({
      etcd1: "go-on, reads go-on, kept",
      etcd2: "go-on, reads go-on, kept",
      etcd3: "go-on, reads go-on, kept",
      node1: "pause, reads go-on, kept",
      node2: "pause, reads go-on, kept",
      node3: "go-on, reads go-on, kept",
      haproxy: "stop until return, reads stop, kept",
      pgbouncer: "go-on, reads go-on, kept",
    });
    expect(nodes.filter(({ poolers }) => poolers === "none").map(({ node }) => node)).toEqual(["haproxy", "pgbouncer"]);
  });

  test("has no writable primary without DC1, and no way in without DC2", () => {
    expect(datacenters.map((loss) => [loss.datacenter, briefly(loss)])).toEqual([
      ["dc1", "stop until return-or-operator, reads stale, lag"],
      ["dc2", "stop until return, reads stop, kept"],
    ]);
  });

  test("has three kinds of pairs that are worse than either of the two", () => {
    expect(pairs.map((pair) => [pair.one, pair.other, briefly(pair)])).toEqual([
      [["etcd1", "etcd2", "etcd3"], ["etcd1", "etcd2", "etcd3"], "stop until return-or-operator, reads stale, kept"],
      // etcd's leader may be the one: the lease starts again.
      [["etcd1", "etcd2", "etcd3"], ["node1", "node2"], "pause, reads go-on, kept"],
      [["node1", "node2"], ["node1", "node2"], "stop until return-or-operator, reads stale, lag"],
    ]);
  });
});

const NODES = (mode: string, more = "") =>
  `cluster: c\nnodes: { e1: [etcd], e2: [etcd], e3: [etcd], a: [postgresql], b: [postgresql], c: [postgresql], d: [postgresql], in: [haproxy]${more} }\nreplication: { ${mode} }\n`;

describe("asynchronous replication", () => {
  const text = NODES("mode: asynchronous");
  test("may lose the last writes with any node, and fails over while one is left", () => {
    expect(lose(text, "a")).toBe("pause, reads go-on, lag");
    expect(lose(text, "a", "b", "c")).toBe("pause, reads go-on, lag");
    expect(lose(text, "a", "b", "c", "d")).toBe("stop until return, reads stop, every-copy");
  });
});

describe("synchronous replication to two of three standbys", () => {
  const text = NODES("mode: synchronous, synchronous_standbys: 2");
  test("survives two nodes without a loss, a third may have been the last copy", () => {
    expect(lose(text, "a", "b")).toBe("pause, reads go-on, kept");
    expect(lose(text, "a", "b", "c")).toBe("stop until return-or-operator, reads stale, lag");
  });

  test("keeps what only a node has that is never promoted, but no node takes over by itself", () => {
    const fixed = text.replace(
      "c: [postgresql], d: [postgresql]",
      "c: { roles: [postgresql], promotable: false }, d: { roles: [postgresql], synchronous: false }",
    );
    expect(lose(fixed, "a")).toBe("pause, reads go-on, kept");
    expect(lose(fixed, "a", "b")).toBe("stop until return-or-operator, reads stale, kept");
  });
});

describe("quorum of two among three standbys", () => {
  const text = NODES("mode: quorum, synchronous_standbys: 2");
  test("survives two nodes, because the third has been asked for each commit", () => {
    expect(lose(text, "a", "b")).toBe("pause, reads go-on, kept");
    expect(lose(text, "a", "b", "c")).toBe("stop until return-or-operator, reads stale, lag");
  });

  test("with one confirmation no second node may be lost: the other may be behind", () => {
    expect(lose(text.replace("synchronous_standbys: 2", "synchronous_standbys: 1"), "a", "b")).toBe(
      "stop until return-or-operator, reads stale, lag",
    );
  });
});

describe("strict replication", () => {
  test("acknowledges nothing where one node is left alone", () => {
    const text = NODES("mode: quorum, synchronous_standbys: 3, strict: true");
    expect(lose(text, "a", "b")).toBe("pause, reads go-on, kept");
    expect(lose(text, "a", "b", "c")).toBe("stop until return-or-operator, reads go-on, kept");
    expect(lose(text.replace("true", "false"), "a", "b", "c")).toBe("pause, reads go-on, kept");
  });
});

describe("without a majority of etcd", () => {
  test("nobody writes, and whoever answers reads", () => {
    expect(lose(NODES("mode: synchronous"), "e1", "e2")).toBe("stop until return-or-operator, reads stale, kept");
  });

  test("a failsafe primary goes on, unless a node is lost as well", () => {
    const text = `${NODES("mode: synchronous")}on_dcs_loss: failsafe\n`;
    expect(lose(text, "e1", "e2", "e3")).toBe("go-on, reads go-on, kept");
    expect(lose(text, "e1", "e2", "d")).toBe("stop until return-or-operator, reads stale, kept");
  });
});

describe("reads", () => {
  test("go on at the primary where it may serve them, and stop where it may not", () => {
    const text = NODES("mode: asynchronous");
    expect(lose(text, "a", "b", "c")).toBe("pause, reads go-on, lag");
    expect(lose(`${text}reads: { primary_as_fallback: false }\n`, "a", "b", "c")).toBe("pause, reads stop, lag");
  });
});

describe("ways in", () => {
  const text = NODES("mode: asynchronous", ", h1: [haproxy], p1: [pgbouncer], p2: [pgbouncer], p3: [pgbouncer]");
  const sharesOf = (...nodes: string[]) => {
    const { balancers, poolers } = lossOf(topologyOf(text), nodes);
    return [balancers, poolers];
  };

  test("a pooler is as lost as the balancer that it uses", () => {
    // Of the two balancers, `in` serves the first and the third pooler, `h1` the second.
    expect(sharesOf("in")).toEqual(["some", "some"]);
    expect(sharesOf("h1", "p1", "p3")).toEqual(["some", "none"]);
    expect(sharesOf("in", "p2")).toEqual(["some", "none"]);
    expect(sharesOf("p1", "p2")).toEqual(["all", "some"]);
    expect(sharesOf("in", "h1")).toEqual(["none", "none"]);
  });
});

describe("any valid topology", () => {
  const nodesOf = (text: string) => topologyOf(text).nodes.map(({ name }) => name);
  const some = (names: readonly string[], mask: number) => names.filter((_, index) => (mask >> index) % 2 === 1);

  /**
   * But for one corner: without the primary as a fallback the read-only port refuses while only a primary is left, and
   * answers once that is none any more.
   */
  test("is never better off for losing more", () => {
    fc.assert(
      fc.property(validText, fc.nat(511), fc.nat(511), (text, less, added) => {
        const topology = topologyOf(text);
        const names = nodesOf(text);
        const few = lossOf(topology, some(names, less));
        const many = lossOf(topology, some(names, less | added));
        const comparable = topology.reads.primaryAsFallback ? many : { ...many, reads: few.reads };
        expect(isNoBetter(comparable, few), `${JSON.stringify(few)} ${JSON.stringify(many)}`).toBe(true);
      }),
    );
  });

  test("goes on where nothing is lost, and has lost everything where all is", () => {
    fc.assert(
      fc.property(validText, (text) => {
        const topology = topologyOf(text);
        expect(lossOf(topology, [])).toMatchObject({
          reads: { kind: expect.stringMatching(/go-on|stop/) },
          data: "kept",
          balancers: "all",
        });
        expect(briefly(lossOf(topology, nodesOf(text)))).toBe("stop until return, reads stop, every-copy");
      }),
    );
  });

  test("tells the same of a node, a datacenter and a pair as of the nodes themselves", () => {
    fc.assert(
      fc.property(validText, (text) => {
        const topology = topologyOf(text);
        const { nodes, datacenters, pairs } = predictLosses(topology);
        expect(nodes).toEqual(nodesOf(text).map((node) => ({ node, ...lossOf(topology, [node]) })));
        expect(datacenters.flatMap(({ nodes: names }) => names).toSorted()).toEqual(nodesOf(text).toSorted());
        for (const { datacenter, nodes: names, ...consequence } of datacenters) {
          expect(lossOf(topology, names), datacenter).toEqual(consequence);
        }
        for (const [index, a] of nodes.entries()) {
          for (const b of nodes.slice(index + 1)) {
            const listed = pairs.filter(
              ({ one, other }) => (one.includes(a.node) && other.includes(b.node)) || (one.includes(b.node) && other.includes(a.node)),
            );
            const { node: _, ...either } = { ...a, ...worse(a, b) };
            const together = lossOf(topology, [a.node, b.node]);
            expect(listed.length <= 1).toBe(true);
            const { one: _one, other: _other, ...told } = listed[0] ?? { one: [], other: [], ...either };
            expect(isNoBetter(told, together) && isNoBetter(together, told), `${a.node} ${b.node}`).toBe(true);
          }
        }
      }),
    );
  });
});

test("five hundred nodes are judged, alone and in pairs, in well under a second", () => {
  const roles = ["etcd", "postgresql", "haproxy", "pgbouncer"];
  const nodes = Array.from({ length: 500 }, (_, index) => `n${index}: [${roles[index % 4]}]`);
  const networks = ["front", "database", "pooled", "dcs", "operator"].map((name, index) => `${name}: 10.${index}.0.0/16`);
  const topology = topologyOf(`cluster: c\nnetworks: { ${networks.join(", ")} }\nnodes: { ${nodes.join(", ")} }\n`);
  const start = process.cpuUsage();
  expect(predictLosses(topology).nodes).toHaveLength(500);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(1);
});

test("a node that the topology does not have is no loss that means nothing", () => {
  expect(() => lossOf(topologyOf("cluster: c\nnodes: { n: [etcd, postgresql, haproxy] }"), ["typo"])).toThrow('no node is called "typo"');
});
