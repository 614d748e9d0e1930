import { DURABLE, nothingLost, ONE_PRIMARY, passed, READS_GO_ON, RETURNS, scenario } from "./tell-scenario.ts";

/** A prediction that did not come true. */
export const QUORUM = scenario({
  id: "etcd-quorum-lost",
  title: "etcd loses its quorum",
  tags: ["etcd"],
  rows: ["A15"],
  claims: [
    { id: "writes are refused", text: "Writes are refused within loop_wait + 2 · retry_timeout of the loss." },
    READS_GO_ON,
    RETURNS,
    DURABLE,
  ],
  started: "2030-04-02T12:06:00.000Z",
  seconds: 65,
  phases: [
    { name: "steady", from: 0, to: 15 },
    { name: "fault", from: 15, to: 45 },
    { name: "recovery", from: 45, to: 65 },
  ],
  fault: {
    name: "etcd quorum lost",
    from: 15,
    to: 45,
    byHand:
      "docker stop patroni-cluster-etcd2 patroni-cluster-etcd3\n# and to heal it:\ndocker start patroni-cluster-etcd2 patroni-cluster-etcd3",
  },
  measurements: [
    { what: "etcd loses its quorum", metric: "demotion", seconds: 7.4, predicted: [0, 12], phases: [] },
    { what: "etcd loses its quorum", metric: "return", seconds: 5.6, predicted: [0, 3.1], phases: [] },
  ],
  checks: [
    passed("writes are refused", { "refused after seconds": 7.4, "bound seconds": 12, "refused operations": 1294 }),
    passed(READS_GO_ON.id, { reads: 260, "staleness ms max": 61.2, "bound ms": 15_000 }),
    {
      claim: RETURNS.id,
      verdict: "fail",
      reason: "app_rw, persistent: an outage of 5.60 s after etcd came back, predicted were 0 to 3.1 s",
      limit: null,
      evidence: { "return seconds": 5.6, "predicted high seconds": 3.1 },
      anomalies: [],
    },
    nothingLost(1904, 5),
  ],
});

/** Two primaries, and two rows that are gone. */
export const SPLIT = scenario({
  id: "primary-isolated",
  title: "The primary is cut off from its peers, not from its clients",
  tags: ["partition", "split-brain"],
  rows: ["D3"],
  claims: [ONE_PRIMARY, DURABLE, READS_GO_ON],
  started: "2030-04-02T12:09:00.000Z",
  seconds: 60,
  phases: [
    { name: "steady", from: 0, to: 15 },
    { name: "fault", from: 15, to: 40 },
    { name: "recovery", from: 40, to: 60 },
  ],
  fault: {
    name: "primary isolated from peers",
    from: 15,
    to: 40,
    byHand:
      "nsenter -t \"$(docker inspect -f '{{.State.Pid}}' patroni-cluster-node1)\" -n \\\n  iptables -I INPUT -s 10.89.2.0/24 -j DROP\n# and to heal it:\n… iptables -D INPUT -s 10.89.2.0/24 -j DROP",
  },
  measurements: [
    {
      what: "primary isolated",
      metric: "gap",
      seconds: 19.3,
      predicted: [18, 24.9],
      phases: [
        { name: "promote", seconds: 18.7 },
        { name: "route", seconds: 0.5 },
        { name: "acknowledge", seconds: 0.1 },
      ],
    },
  ],
  checks: [
    {
      claim: ONE_PRIMARY.id,
      verdict: "fail",
      reason: "node1 acknowledged 1842 on timeline 6, sent after node2 had acknowledged 1841 on timeline 7",
      limit: null,
      evidence: { acknowledgements: 1987, overlaps: 2 },
      anomalies: [
        {
          kind: "acknowledged by a deposed primary",
          message: "node1 acknowledged 1842 on timeline 6, sent after node2 had acknowledged 1841 on timeline 7",
          events: [0, 1, 2, 5],
        },
        {
          kind: "acknowledged by a deposed primary",
          message: "node1 acknowledged 1844 on timeline 6, sent after node2 had acknowledged 1841 on timeline 7",
          events: [0, 1, 6, 7],
        },
      ],
    },
    {
      claim: DURABLE.id,
      verdict: "fail",
      reason: "1842 was acknowledged by node1 and is not there",
      limit: null,
      evidence: {
        acknowledged: 1987,
        "of unknown outcome": 1,
        recovered: 0,
        "final reads": 4,
        lost: 2,
        unexpected: 0,
        resurrected: 0,
        duplicate: 0,
        difference: 0,
        "lost bytes": 624,
        "lost seconds": 0.04,
      },
      anomalies: [
        { kind: "lost", message: "1842 was acknowledged by node1 and is not there", events: [2, 5, 10, 11] },
        { kind: "lost", message: "1844 was acknowledged by node1 and is not there", events: [6, 7, 10, 11] },
      ],
    },
    passed(READS_GO_ON.id, { reads: 240, "staleness ms max": 22_950, "bound ms": 25_000 }),
  ],
  logs: [
    {
      member: "node1",
      lines: [
        "2030-04-02 12:09:15,412 WARNING: Request failed to https://10.89.1.11:2379: ConnectTimeoutError",
        "2030-04-02 12:09:33,871 ERROR: failed to update leader lock",
        "2030-04-02 12:09:38,204 INFO: demoting self because DCS is not accessible and I was a leader",
        "2030-04-02 12:09:38,377 LOG:  received fast shutdown request",
      ],
    },
    {
      member: "node2",
      lines: [
        "2030-04-02 12:09:33,702 INFO: promoted self to leader by acquiring session lock",
        "2030-04-02 12:09:33,911 LOG:  selected new timeline ID: 7",
        "2030-04-02 12:09:34,020 LOG:  database system is ready to accept connections",
      ],
    },
  ],
});

/** A reading that is missing. */
export const BEHIND = scenario({
  id: "replica-cut-off",
  title: "A replica is cut off from everything but the balancer",
  tags: ["reads"],
  rows: ["A5"],
  claims: [READS_GO_ON, DURABLE],
  started: "2030-04-02T12:12:00.000Z",
  seconds: 50,
  phases: [
    { name: "steady", from: 0, to: 12 },
    { name: "fault", from: 12, to: 34 },
    { name: "recovery", from: 34, to: 50 },
  ],
  fault: {
    name: "replica cut off",
    from: 12,
    to: 34,
    byHand: "nsenter -t \"$(docker inspect -f '{{.State.Pid}}' patroni-cluster-node3)\" -n iptables -I INPUT -s 10.89.2.11 -j DROP",
  },
  checks: [
    passed(READS_GO_ON.id, { reads: 200, "staleness ms max": 14_210, "bound ms": 15_000 }),
    {
      claim: DURABLE.id,
      verdict: "unknown",
      reason: "node3 was not read after the last write",
      limit: null,
      evidence: { acknowledged: 2451, "final reads": 3, lost: null, unexpected: 0, resurrected: 0, duplicate: 0 },
      anomalies: [],
    },
  ],
  logs: [
    {
      member: "node3",
      lines: ["2030-04-02 12:12:47.310 FATAL:  could not receive data from WAL stream: server closed the connection unexpectedly"],
    },
  ],
});
