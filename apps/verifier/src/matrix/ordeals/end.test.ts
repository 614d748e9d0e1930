import { expect, test, vi } from "vitest";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Done } from "../../cluster/testing/fake-cluster.ts";
import { fakeThreeNodes } from "../../cluster/testing/fake-three-nodes.ts";
import type { Fault } from "../../faults/fault.ts";
import { guardHarms } from "../../run/guard.ts";
import { ORDEALS } from "./index.ts";

// No time passes in a fake cluster.
vi.mock("node:timers/promises", () => ({
  setTimeout: async (_: number, value: unknown, options?: { readonly signal?: AbortSignal }) => {
    options?.signal?.throwIfAborted();
    return value;
  },
}));

const ENDED = new Error("the scenario has ended");

async function prepareAndInject({ arrangement, targets, inject }: Fault, cluster: Cluster): Promise<void> {
  await arrangement?.make(cluster);
  await inject(cluster, await targets(cluster));
}

/** When the end comes: while something harmful is done for the so many-th time, at such a look, or not at all. */
interface Moment {
  readonly harm?: number;
  readonly look?: number;
}

/** Does a fault to a fake cluster until the end comes, and heals it. */
async function endAt(fault: Fault, { harm = Infinity, look = Infinity }: Moment) {
  const ending = new AbortController();
  const count = { harms: 0, looks: 0 };
  const endIf = (isTime: boolean) => isTime && ending.abort(ENDED);
  let isHealing = false;
  const onLook = () => {
    if (isHealing) return;
    // Whoever went on waiting would wait for ever.
    if (ending.signal.aborted) throw new Error("nobody answers");
    endIf(++count.looks === look);
  };
  const onDone = ({ kind }: Done) => void (kind === "harm" && endIf(++count.harms === harm));
  const { cluster, done } = fakeThreeNodes({ onLook, onDone });
  endIf(harm === 0);
  const guarded = guardHarms(cluster, ending.signal);
  const outcome: unknown = await prepareAndInject(fault, guarded.cluster).catch((error: unknown) => error);
  await guarded.idle();
  const harms = done.filter(({ kind }) => kind === "harm").length;
  isHealing = true;
  await fault.heal(cluster, await fault.targets(cluster));
  await fault.arrangement?.remove(cluster);
  const later = done.filter(({ kind }) => kind === "harm").length - harms;
  return { outcome, harms, later, isEnded: ending.signal.aborted };
}

const FAULTS = ORDEALS.map(({ fault }) => [fault.id, fault] as const);

test.each(FAULTS)("%s does nothing harmful once the end has come, nor does its healing", async (_, fault) => {
  const whole = await endAt(fault, {});
  expect(whole).toMatchObject({ outcome: undefined, later: 0 });
  expect(whole.harms).toBeGreaterThan(0);
  for (let harm = 0; harm < whole.harms; harm++) {
    const { outcome, harms, later } = await endAt(fault, { harm });
    expect({ harms, later }).toEqual({ harms: harm, later: 0 });
    expect(outcome).toBeInstanceOf(Error);
  }
});

test.each(FAULTS)("%s waits for nothing any more once the end has come", { timeout: 3000 }, async (_, fault) => {
  for (let look = 1; ; look++) {
    const { later, isEnded } = await endAt(fault, { look });
    expect(later).toBe(0);
    if (!isEnded) return;
  }
});
