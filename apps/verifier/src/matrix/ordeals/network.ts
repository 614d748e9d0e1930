import {
  cutDatacenters,
  cutPort2379,
  cutPort2380,
  cutPort5432,
  cutPort8008,
  cutPrimaryFromEtcd,
  cutPrimaryFromPeers,
  deafenPrimary,
  flapPrimary,
  isolatePrimary,
  losePackets,
  mutePrimary,
} from "../../faults/network.ts";
import { BOUND_WAIVED, LONG, LOSS, type Ordeal } from "./ordeal.ts";

/** The primary must give up by itself, whether it hears of it or not; another one takes over meanwhile. */
const deposed = {
  rows: ["A15", "D3"],
  suites: LONG,
  predicted: null,
  writesReturn: "by themselves",
  within: 90,
  stops: { last: "last-write-without-etcd", first: null, whose: "target" },
} as const;

/** The network around the primary, around etcd's leader, and between datacenters. */
export const NETWORK_ORDEALS: readonly Ordeal[] = [
  { fault: isolatePrimary, ...deposed, rows: ["D3"], tags: [LOSS] },
  { fault: cutPrimaryFromEtcd, ...deposed },
  { fault: cutPrimaryFromPeers, ...deposed, tags: [LOSS] },
  { fault: deafenPrimary, ...deposed, rows: ["D3"] },
  { fault: mutePrimary, ...deposed, rows: ["D3"] },
  { fault: cutPort5432, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 30, within: 90 },
  { fault: cutPort8008, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 30, within: 90 },
  { fault: cutPort2379, ...deposed },
  { fault: cutPort2380, rows: ["A15", "D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90 },
  { fault: flapPrimary, rows: ["D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90 },
  {
    fault: cutDatacenters,
    rows: ["A15", "D3"],
    suites: LONG,
    predicted: null,
    writesReturn: 40,
    within: 90,
    readsGoOn: true,
    staleLimit: BOUND_WAIVED,
    // The way in is on the other side, and nobody there may be promoted.
    stops: { last: 0, first: null, whose: "everybody" },
  },
  { fault: losePackets, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 30, within: 90 },
];
