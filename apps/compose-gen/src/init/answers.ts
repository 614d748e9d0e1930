import type { TimingPreset, Topology } from "@matriarch/topology";

type ReplicationMode = Topology["replication"]["mode"];

/** How roles are spread over nodes. */
export const LAYOUTS = ["compact", "redundant", "separate"] as const;
export type Layout = (typeof LAYOUTS)[number];

// Written out, so that the command line need not load the topology's schema to name its choices; a test compares them.
export const REPLICATION_MODES = ["asynchronous", "synchronous", "quorum"] as const satisfies readonly ReplicationMode[];
export const TIMINGS = ["fast", "normal", "wide-area"] as const satisfies readonly TimingPreset[];

/** Everything that a starter topology is made from. */
export interface Answers {
  readonly cluster: string;
  /** One to three, the main one first. */
  readonly datacenters: readonly string[];
  readonly layout: Layout;
  readonly replication: ReplicationMode;
  readonly timing: TimingPreset;
  /** Whether clients must present a certificate. */
  readonly clientCertificates: boolean;
}

/** What is taken where nobody answers. */
export const DEFAULTS: Answers = {
  cluster: "first",
  datacenters: ["dc1"],
  layout: "compact",
  replication: "synchronous",
  timing: "normal",
  clientCertificates: true,
};
