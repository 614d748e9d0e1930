import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleTopology, topologyOf, validText } from "../testing/index.ts";
import { type Fault, FAULTS, predictOutages } from "./outages.ts";

const THREE = "cluster: c\nnodes: { a: [etcd, postgresql], b: [etcd, postgresql], c: [etcd, postgresql], in: [haproxy] }\n";

function outcomesOf(text: string) {
  return Object.fromEntries(predictOutages(topologyOf(text)).map(({ fault, outcome }) => [fault, outcome]));
}

/** Bounds of a prediction in seconds, or what it is instead. */
function boundsOf(text: string, fault: Fault): unknown {
  const outcome = outcomesOf(text)[fault];
  if (outcome === undefined) return "cannot happen";
  return outcome.kind === "interval" ? [outcome.low, outcome.usually, outcome.high] : outcome.kind === "none" ? "none" : outcome.until;
}

describe("what was measured on the reference cluster lies within what is predicted for it", () => {
  const reference = Object.fromEntries(predictOutages(exampleTopology("two-datacenters")).map(({ fault, outcome }) => [fault, outcome]));

  test.each([
    ["primary-host-lost", 20.8, 23.5],
    ["postgresql-crashed", 1.1, 3.7],
    ["switchover", 2.1, 3.5],
    ["synchronous-standby-lost", 1.2, 1.3],
    ["last-write-without-etcd", 3.9, 5.8],
    ["first-write-with-etcd-again", 2.3, 11.7],
  ])("%s: %s to %s s", (fault, shortest, longest) => {
    const outcome = reference[fault];
    if (outcome?.kind !== "interval") throw new Error(`${fault} is not predicted as an interval`);
    expect(outcome.low).toBeLessThanOrEqual(shortest);
    expect(outcome.usually).toBeGreaterThanOrEqual(longest);
  });
});

describe("without a host", () => {
  test("the lease decides: a longer ttl costs as much, a longer round shortens the least", () => {
    const [low, , high] = boundsOf(`${THREE}timing: { preset: fast, ttl: 30 }\n`, "primary-host-lost") as number[];
    expect(boundsOf(`${THREE}timing: { preset: fast, ttl: 40 }\n`, "primary-host-lost")).toMatchObject([
      (low ?? 0) + 10,
      {},
      (high ?? 0) + 10,
    ]);
    expect(boundsOf(`${THREE}timing: { preset: fast, ttl: 30, loop_wait: 7 }\n`, "primary-host-lost")).toMatchObject([
      (low ?? 0) - 5,
      {},
      high,
    ]);
  });

  test("that is etcd's leader as well, the lease starts again after an election", () => {
    expect(boundsOf(`${THREE}timing: fast\n`, "primary-host-lost")).toEqual([18.1, 27, 27]);
    // 0.9 to 4 s for the election, then 20 s and one election timeout of 1 s.
    expect(boundsOf(`${THREE}timing: fast\n`, "primary-host-and-etcd-leader-lost")).toEqual([22, 32, 32]);
  });

  test("etcd's least lease counts where it is longer than ttl", () => {
    const text = `${THREE}timing: { preset: fast, etcd_heartbeat_ms: 4000, etcd_election_ms: 40000 }\n`;
    expect(boundsOf(text, "primary-host-lost")).toEqual([58.1, 67, 67]);
    expect(boundsOf(text, "primary-host-and-etcd-leader-lost")).toEqual([136.1, 267, 267]);
  });

  test("more checks, further apart, come on top", () => {
    const text = `${THREE}timing: { preset: fast, check_interval_ms: 1500, check_rise: 3 }\n`;
    // 1 s until the next check, two more after 0.2 s, and two more answers of 1 s.
    expect(boundsOf(text, "primary-host-lost")).toEqual([18.5, 30.4, 30.4]);
  });

  test("a balancer that forgets the old primary late decides", () => {
    const text = `${THREE}timing: { preset: fast, check_interval_ms: 20000, check_fall: 2 }\n`;
    // 20 s until the next check, two of 40 s each without an answer, 0.2 s between them.
    expect(boundsOf(text, "primary-host-lost")).toMatchObject([18.1, 100.2, 100.2]);
  });

  test.each([
    ["there is no standby", THREE.replace("b: [etcd, postgresql], c: [etcd, postgresql]", "b: [etcd], c: [etcd]")],
    [
      "no standby may be promoted",
      THREE.replaceAll(/([bc]): \[etcd, postgresql\]/g, "$1: { roles: [etcd, postgresql], promotable: false }"),
    ],
    ["etcd has lost its majority with it", THREE.replaceAll(/([bc]): \[etcd, /g, "$1: [")],
    ["the only balancer is lost with it", THREE.replace(", in: [haproxy]", "").replace("a: [etcd", "a: [haproxy, etcd")],
  ])("writes stop where %s", (_, text) => {
    expect(boundsOf(text, "primary-host-lost")).toMatch(/^return/);
  });
});

describe("when PostgreSQL crashes", () => {
  test("a standby takes over at once with primary_start_timeout 0", () => {
    expect(boundsOf(`${THREE}timing: fast\n`, "postgresql-crashed")).toEqual([0.1, 7.5, 7.5]);
  });

  test("otherwise it may recover, and a standby takes over after primary_start_timeout", () => {
    const waits = (seconds: number) =>
      boundsOf(`${THREE}timing: { preset: fast, primary_start_timeout: ${seconds} }\n`, "postgresql-crashed");
    expect(waits(10)).toEqual([0, 19.5, 19.5]);
    expect(waits(60)).toEqual([0, 69.5, 69.5]);
  });

  test("without a successor its recovery takes as long as it takes, and nothing can be switched over", () => {
    const alone = "cluster: c\nnodes: { a: [etcd, postgresql, haproxy] }\n";
    expect(boundsOf(alone, "postgresql-crashed")).toBe("recovery");
    expect(boundsOf(alone, "switchover")).toBe("cannot happen");
  });

  test("with two nodes and strict replication the old primary has to be back first", () => {
    const two = THREE.replace("c: [etcd, postgresql]", "c: [etcd]");
    const replication = "replication: { mode: synchronous, strict: true }\n";
    expect(boundsOf(two + replication, "postgresql-crashed")).toBe("recovery");
    expect(boundsOf(two + replication, "switchover")).toBe("recovery");
    expect(boundsOf(two + replication.replace("true", "false"), "switchover")).toEqual([1.1, 9, 19]);
  });
});

describe("commits", () => {
  const lost = (replication: string, more = "") =>
    boundsOf(`${THREE}timing: fast\nreplication: { ${replication} }\n${more}`, "synchronous-standby-lost");

  test("wait for a lost synchronous standby until it is given up and taken off the list", () => {
    expect(lost("mode: synchronous")).toEqual([0, 8, 8]);
    expect(lost("mode: synchronous", "parameters: { postgresql: { wal_sender_timeout: 1min } }\n")).toEqual([0, 23, 23]);
    expect(lost("mode: synchronous", "parameters: { postgresql: { WAL_SENDER_TIMEOUT: 1500 } }\n")).toEqual([0, 4.5, 4.5]);
  });

  test("wait for none of a quorum that has one to spare", () => {
    expect(lost("mode: quorum")).toBe("none");
    expect(lost("mode: quorum, synchronous_standbys: 2")).toEqual([0, 8, 8]);
  });

  test("stop in strict replication where the last standby is lost, whatever its kind", () => {
    const two =
      "cluster: c\nnodes: { a: [etcd, postgresql], b: [postgresql], in: [haproxy] }\nreplication: { mode: synchronous, strict: true }\n";
    expect(boundsOf(two, "synchronous-standby-lost")).toBe("return-or-operator");
    const spare = two.replace("in:", "c: { roles: [postgresql], promotable: false, synchronous: false }, in:");
    expect(boundsOf(spare, "synchronous-standby-lost")).toEqual([0, 16, 16]);
  });

  test("wait for no asynchronous standby", () => {
    expect(boundsOf(THREE, "standby-lost")).toBe("none");
    expect(boundsOf(THREE, "synchronous-standby-lost")).toBe("cannot happen");
  });

  test("of a new primary wait for a standby in quorum and in strict replication", () => {
    const termsOf = (replication: string) => {
      const outcome = outcomesOf(`${THREE}timing: fast\nreplication: { ${replication} }\n`)["primary-host-lost"];
      return outcome?.kind === "interval" ? outcome.terms.map(({ name }) => name) : [];
    };
    expect(termsOf("mode: synchronous")).not.toContain("a standby follows");
    expect(termsOf("mode: synchronous, strict: true")).toContain("a standby follows");
    expect(termsOf("mode: quorum")).toContain("a standby follows");
  });
});

describe("etcd", () => {
  test("may lose its leader: no write notices, unless an election outlasts Patroni's patience", () => {
    expect(boundsOf(THREE, "etcd-leader-lost")).toBe("none");
    const slow = "timing: { preset: fast, etcd_heartbeat_ms: 250, etcd_election_ms: 2500 }\n";
    expect(boundsOf(THREE + slow, "etcd-leader-lost")).toMatchObject([0, 24.5, 34.5]);
    expect(boundsOf(THREE.replaceAll(/([bc]): \[etcd, /g, "$1: ["), "etcd-leader-lost")).toBe("cannot happen");
  });

  test("may lose its majority: the last write comes within loop_wait and twice retry_timeout", () => {
    expect(boundsOf(THREE, "etcd-quorum-lost")).toBe("return-or-operator");
    expect(boundsOf(`${THREE}timing: fast\n`, "last-write-without-etcd")).toEqual([1.55, 12, 12]);
    expect(boundsOf(`${THREE}timing: wide-area\n`, "last-write-without-etcd")).toEqual([9.05, 50, 50]);
  });

  test("is not needed in failsafe mode while all nodes answer, who are asked for 4 s at most", () => {
    expect(boundsOf(`${THREE}on_dcs_loss: failsafe\n`, "etcd-quorum-lost")).toBe("none");
    expect(boundsOf(`${THREE}on_dcs_loss: failsafe\ntiming: fast\n`, "last-write-without-etcd")).toEqual([1.55, 16, 16]);
  });
});

test("a way in that is lost stops its clients where it is the only one", () => {
  expect(boundsOf(THREE, "balancer-lost")).toBe("return");
  expect(boundsOf(THREE, "pooler-lost")).toBe("cannot happen");
  const two = THREE.replace("in: [haproxy]", "in: [haproxy, pgbouncer], way: [haproxy, pgbouncer]");
  expect([boundsOf(two, "balancer-lost"), boundsOf(two, "pooler-lost")]).toEqual(["none", "none"]);
});

test("any valid topology is predicted: ordered bounds that its terms add up to, each with its reason", () => {
  fc.assert(
    fc.property(validText, (text) => {
      const predictions = predictOutages(topologyOf(text));
      const faults = predictions.map(({ fault }) => fault);
      expect(faults).toEqual(FAULTS.filter((fault) => faults.includes(fault)));
      for (const { fault, outcome } of predictions) {
        if (outcome.kind !== "interval") {
          expect(outcome.why, fault).toMatch(/^\S.*\.$/);
          continue;
        }
        const { low, usually, high, terms } = outcome;
        expect(0 <= low && low <= usually && usually <= high && Number.isFinite(high), fault).toBe(true);
        expect(new Set(terms.map(({ name }) => name)).size, fault).toBe(terms.length);
        expect(terms.reduce((sum, term) => sum + term.low, 0)).toBeCloseTo(low, 6);
        expect(terms.reduce((sum, term) => sum + term.high, 0)).toBeCloseTo(high, 6);
        for (const term of terms) {
          expect(0 <= term.low && term.low <= term.high && term.high > 0, term.name).toBe(true);
          expect(term.why).toMatch(/\S/);
        }
      }
    }),
  );
});
