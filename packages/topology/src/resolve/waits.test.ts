import { expect, test } from "vitest";
import { topologyOf } from "../testing/index.ts";

const NODES = "cluster: c\nnodes: { a: [etcd, postgresql, haproxy] }\ntiming: fast\n";

test("waits follow from the timing", () => {
  expect(topologyOf(NODES).waits).toEqual({ walSender: 5, walRetrieve: 2, authentication: 10, poolerLogin: 0.2 });
});

test.each([
  ["postgresql: { wal_sender_timeout: 1500 }", "walSender", 1.5],
  ["postgresql: { WAL_Sender_Timeout: 2min }", "walSender", 120],
  ["postgresql: { wal_retrieve_retry_interval: '250 ms' }", "walRetrieve", 0.25],
  ["postgresql: { authentication_timeout: 30 }", "authentication", 30],
  ["pgbouncer: { server_login_retry: 1.5 }", "poolerLogin", 1.5],
  ["postgresql: { wal_sender_timeout: 0 }", "walSender", 0],
  ["postgresql: { wal_sender_timeout: soon }", "walSender", 5],
] as const)("a free parameter that can be read replaces its own: %s", (written, wait, seconds) => {
  const { waits } = topologyOf(`${NODES}parameters: { ${written} }\n`);
  expect(waits).toEqual({ ...topologyOf(NODES).waits, [wait]: seconds });
});
