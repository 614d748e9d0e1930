import type { BalancerSpan, EtcdSpan, RoleSpan } from "../../run/record.ts";
import type { Course } from "./synthetic-series.ts";

type States = readonly (readonly [from: number, to: number, up: boolean])[];

function servers(backend: string, states: Readonly<Record<string, States>>): BalancerSpan[] {
  return Object.entries(states).flatMap(([server, spans]) =>
    spans.map(([from, to, up]) => ({ balancer: "haproxy", backend, server, from, to, up })),
  );
}

function role(node: string, kind: RoleSpan["role"], timeline: number | null, from: number, to: number): RoleSpan {
  return { node, role: kind, timeline, from, to };
}

function led(leader: string | null, from: number, to: number, quorum = true): EtcdSpan {
  return { leader, quorum, from, to };
}

/** node1 dies at 20 s and node2 takes over; the dead one comes back as a replica. */
export function primaryLost(seed: number, gap: number): Course {
  const [from, to] = [20, 20 + gap];
  return {
    seed,
    seconds: 75,
    roles: [
      role("node1", "primary", 4, 0, from),
      role("node1", "unreachable", null, from, 52),
      role("node1", "replica", 5, 52, 75),
      role("node2", "replica", 4, 0, to - 0.6),
      role("node2", "primary", 5, to - 0.6, 75),
      role("node3", "replica", 4, 0, 75),
    ],
    etcd: [led("etcd1", 0, 75)],
    balancers: [
      ...servers("rw", {
        node1: [
          [0, from + 0.7, true],
          [from + 0.7, 75, false],
        ],
        node2: [
          [0, to - 0.3, false],
          [to - 0.3, 75, true],
        ],
        node3: [[0, 75, false]],
      }),
      ...servers("ro", {
        node1: [
          [0, 54, false],
          [54, 75, true],
        ],
        node2: [
          [0, to - 0.3, true],
          [to - 0.3, 75, false],
        ],
        node3: [[0, 75, true]],
      }),
    ],
    outage: { from, to },
    behind: null,
    replicas: ["node2", "node3"],
    stalenessBound: 15_000,
  };
}

/** etcd has no quorum from 15 to 45 s: node1 steps down and nobody follows. */
export function quorumLost(seed: number): Course {
  return {
    seed,
    seconds: 65,
    roles: [
      role("node1", "primary", 5, 0, 22.4),
      role("node1", "replica", 5, 22.4, 49.9),
      role("node1", "primary", 6, 49.9, 65),
      role("node2", "replica", 5, 0, 65),
      role("node3", "replica", 5, 0, 65),
    ],
    etcd: [led("etcd2", 0, 15.3), led(null, 15.3, 45.8, false), led("etcd3", 45.8, 65)],
    balancers: [
      ...servers("rw", {
        node1: [
          [0, 23.1, true],
          [23.1, 50.5, false],
          [50.5, 65, true],
        ],
        node2: [[0, 65, false]],
      }),
      ...servers("ro", { node2: [[0, 65, true]], node3: [[0, 65, true]] }),
    ],
    outage: { from: 22.4, to: 50.6 },
    behind: null,
    replicas: ["node2", "node3"],
    stalenessBound: 15_000,
  };
}

/** node1 is cut off from its peers and etcd but not from the balancer, and does not step down in time. */
export function splitBrain(seed: number): Course {
  return {
    seed,
    seconds: 60,
    roles: [
      role("node1", "primary", 6, 0, 38.2),
      role("node1", "replica", 7, 41, 60),
      role("node2", "replica", 6, 0, 33.9),
      role("node2", "primary", 7, 33.9, 60),
      role("node3", "replica", 6, 0, 60),
    ],
    etcd: [led("etcd1", 0, 60)],
    balancers: [
      ...servers("rw", {
        node1: [
          [0, 38.6, true],
          [38.6, 60, false],
        ],
        node2: [
          [0, 34.4, false],
          [34.4, 60, true],
        ],
      }),
      ...servers("ro", {
        node2: [
          [0, 34.4, true],
          [34.4, 60, false],
        ],
        node3: [[0, 60, true]],
      }),
    ],
    outage: { from: 15.2, to: 34.5 },
    behind: { node: "node3", from: 16, to: 39 },
    replicas: ["node2", "node3"],
    stalenessBound: 25_000,
  };
}

/** A planned change of roles. */
export function switchover(seed: number): Course {
  return {
    seed,
    seconds: 40,
    roles: [
      role("node2", "primary", 7, 0, 15.9),
      role("node2", "replica", 8, 17.4, 40),
      role("node1", "replica", 7, 0, 17.1),
      role("node1", "primary", 8, 17.1, 40),
    ],
    etcd: [],
    balancers: servers("rw", {
      node1: [
        [0, 17.3, false],
        [17.3, 40, true],
      ],
      node2: [
        [0, 16.2, true],
        [16.2, 40, false],
      ],
    }),
    outage: { from: 15.4, to: 17.5 },
    behind: null,
    replicas: ["node1"],
    stalenessBound: null,
  };
}

/** node3 hangs behind while nothing is broken on the way of writes. */
export function replicaBehind(seed: number): Course {
  return {
    seed,
    seconds: 50,
    roles: [role("node1", "primary", 8, 0, 50), role("node2", "replica", 8, 0, 50), role("node3", "replica", 8, 0, 50)],
    etcd: [led("etcd1", 0, 50)],
    balancers: [],
    outage: null,
    behind: { node: "node3", from: 19.5, to: 33.7 },
    replicas: ["node2", "node3"],
    stalenessBound: 15_000,
  };
}
