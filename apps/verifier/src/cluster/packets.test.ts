import { expect, test } from "vitest";
import { matchesOf } from "./packets.ts";

test("a rule without more drops everything but the loopback", () => {
  expect(matchesOf({ direction: "in" })).toEqual([["!", "-i", "lo"]]);
  expect(matchesOf({ direction: "out" })).toEqual([["!", "-o", "lo"]]);
});

test("a port is dropped on either side, of one peer", () => {
  expect(matchesOf({ direction: "in", peer: "172.28.3.11", port: 2379 })).toEqual([
    ["!", "-i", "lo", "-s", "172.28.3.11", "-p", "tcp", "--sport", "2379"],
    ["!", "-i", "lo", "-s", "172.28.3.11", "-p", "tcp", "--dport", "2379"],
  ]);
});

test("a share of the packets is drawn by the kernel", () => {
  expect(matchesOf({ direction: "out", share: 0.1 })).toEqual([
    ["!", "-o", "lo", "-m", "statistic", "--mode", "random", "--probability", "0.1"],
  ]);
});
