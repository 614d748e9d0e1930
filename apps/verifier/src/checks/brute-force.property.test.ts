import fc from "fast-check";
import { expect, test } from "vitest";
import { propertyRuns } from "../fixtures/runs.ts";
import { historyOf, primary, replica, type Told } from "../fixtures/tell.ts";
import { acknowledgements, only, operationsOf } from "../history/operation.ts";
import { checkAcknowledgements } from "./acknowledgement-overlap.ts";
import { checkRoles } from "./role-overlap.ts";
import { stalenessOf } from "./staleness.ts";

const RUNS = { numRuns: propertyRuns(1000) };
const interval = { sent: fc.nat(20), length: fc.nat(6) };

const acknowledged = fc.record({ ...interval, node: fc.constantFrom("node1", "node2", "node3"), timeline: fc.integer({ min: 1, max: 3 }) });

test("acknowledgements overlap exactly where two of them do", () => {
  fc.assert(
    fc.property(fc.array(acknowledged, { maxLength: 12 }), (plans) => {
      const told = plans.map(({ sent, length, node, timeline }, value): Told => {
        return { f: "add", value, sent, answered: sent + length, server: primary(node, timeline) };
      });
      const operations = operationsOf(historyOf(told));
      const all = acknowledgements(operations);
      const deposed = all.filter((late) =>
        all.some(({ completed, server: { node, timeline } }) => {
          const newer = (timeline ?? 0) > (late.server.timeline ?? 0) || (timeline === late.server.timeline && node !== late.server.node);
          return completed < late.invoked && newer;
        }),
      );
      const { evidence, anomalies } = checkAcknowledgements("one acknowledges", operations, { endpoints: ["app_rw"] });
      expect(evidence["anomalies"]).toBe(deposed.length);
      // Each that is shown is shown by two operations that prove it.
      for (const { events } of anomalies) expect(events).toHaveLength(4);
    }),
    RUNS,
  );
});

const asked = fc.record({
  ...interval,
  node: fc.constantFrom("node1", "node2"),
  life: fc.integer({ min: 1, max: 2 }),
  leads: fc.boolean(),
});

test("roles overlap exactly where two nodes each said so before and after a moment", () => {
  fc.assert(
    fc.property(fc.array(asked, { minLength: 1, maxLength: 10 }), (plans) => {
      const told = plans.map(({ sent, length, node, life, leads }): Told => {
        const server = leads ? primary(node, 1, "0/1", life) : replica(node);
        return { f: "ask-role", key: node, value: null, sent, answered: sent + length, server };
      });
      const operations = operationsOf(historyOf(told));
      const leading = operations.filter(({ server }) => server?.role === "primary");
      const lifeOf = (node: string, start: string | undefined) => (other: (typeof leading)[number]) =>
        other.server?.node === node && other.server.postmasterStart === start;
      // In the middle of two seconds nothing begins and nothing ends.
      const moments = Array.from({ length: 30 }, (_, second) => (second + 0.5) * 1e9);
      const both = moments.some((moment) => {
        const certain = leading.filter(({ server }) => {
          const same = leading.filter(lifeOf(server?.node ?? "", server?.postmasterStart));
          return same.some(({ completed }) => completed < moment) && same.some(({ invoked }) => invoked > moment);
        });
        return new Set(certain.map(({ server }) => server?.node)).size > 1;
      });
      expect(checkRoles("one primary", operations).verdict === "fail").toBe(both);
    }),
    RUNS,
  );
});

// In quarters of a second: a second without an acknowledgement is the longest that counts.
const beat = fc.record(interval);
const sight = fc.record({ ...interval, beat: fc.nat(8) });

/** How much of a stretch of time lies within a second from the acknowledgement before it: quarter by quarter of a second. */
function writable(answers: readonly number[], from: number, to: number): number {
  let quarters = 0;
  for (let moment = from; moment < to; moment += 0.25e9) {
    if (answers.some((answered) => answered <= moment && moment < answered + 1e9)) quarters++;
  }
  return quarters * 0.25e9;
}

test("a read is as stale as the heartbeat that it missed longest, and not for lack of a primary", () => {
  fc.assert(
    fc.property(fc.array(beat, { maxLength: 8 }), fc.array(sight, { maxLength: 8 }), (beats, sights) => {
      const written = beats.map(({ sent, length }, position): Told => {
        return { f: "beat", value: position + 1, sent: sent / 4, answered: (sent + length) / 4, server: primary("node1") };
      });
      const read = sights.map(({ sent, length, beat: seen }): Told => {
        const result = { beat: seen, lag: 0 };
        return { f: "read-beat", value: null, result, sent: sent / 4, answered: (sent + length) / 4, server: replica("node2") };
      });
      const operations = operationsOf(historyOf([...written, ...read]));
      const ages = stalenessOf(operations, "things", ["app_rw"]).map(({ age }) => age);
      const answers = only(operations, "beat").map(({ completed }) => completed);
      const longest = only(operations, "read-beat").map(({ invoked, result }) => {
        const missed = only(operations, "beat").filter(({ value }) => value > (result?.beat ?? 0));
        return Math.max(0, ...missed.map(({ completed }) => writable(answers, completed, invoked)));
      });
      expect(ages).toEqual(longest);
    }),
    RUNS,
  );
});
