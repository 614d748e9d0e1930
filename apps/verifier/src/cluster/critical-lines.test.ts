import { expect, test } from "vitest";
import { criticalAtAnyTime, criticalAtWork } from "./critical-lines.ts";

const GATEWAY = "2026/11/26 17:46:22 ERROR: Failed to decode request: http: invalid Read on closed Body";
const OTHER_REQUEST = "2026/11/26 17:46:22 ERROR: Failed to decode request: invalid character 'v' looking for beginning of value";
const PATRONI = "2026-11-26 17:39:21,802 ERROR: watchprefix failed: ProtocolError('Response ended prematurely')";
const PANIC = "2026-11-26 17:39:21.802 UTC [8] PANIC:  could not write to file";

test("a request that was answered before its end was read is no critical line, any other error at work is", () => {
  expect(criticalAtWork([GATEWAY, OTHER_REQUEST, PATRONI, PANIC].join("\n"))).toEqual([OTHER_REQUEST, PATRONI, PANIC]);
});

test("an error that a fault explains is critical at work only", () => {
  expect(criticalAtAnyTime([GATEWAY, PATRONI, PANIC].join("\n"))).toEqual([PANIC]);
});
