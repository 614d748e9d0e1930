import { freezeBalancer, freezePooler, killBalancer, killPooler, reloadBalancer, reloadPooler } from "../../faults/way-in.ts";
import { LONG, type Ordeal } from "./ordeal.ts";

/** Of thousands of writes not one. */
const NONE_FAILS = 0.9999;
/** Of the hundreds of one kind of writer. */
const ONE_FAILS = 0.995;

/** Balancers and poolers. */
export const WAY_IN_ORDEALS: readonly Ordeal[] = [
  {
    fault: reloadBalancer,
    rows: ["A5", "D3"],
    suites: LONG,
    predicted: null,
    // The old process keeps its sessions for a minute (hard-stop-after), then cuts them: who has one past the pooler loses a write.
    writesReturn: 70,
    within: 10,
    answered: [{ seconds: 70, share: ONE_FAILS }],
  },
  {
    fault: reloadPooler,
    rows: ["A8", "D3"],
    suites: LONG,
    predicted: null,
    writesReturn: "by themselves",
    within: 10,
    answered: [{ seconds: 15, share: NONE_FAILS }],
  },
  { fault: killBalancer, rows: ["A5", "D3"], suites: LONG, predicted: null, writesReturn: 10, within: 60 },
  { fault: killPooler, rows: ["A8", "D3"], suites: LONG, predicted: null, writesReturn: 10, within: 60 },
  { fault: freezeBalancer, rows: ["A5", "D3"], suites: LONG, predicted: null, writesReturn: 10, within: 60 },
  { fault: freezePooler, rows: ["A8", "D3"], suites: LONG, predicted: null, writesReturn: 10, within: 60 },
];
