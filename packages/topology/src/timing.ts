/** Seconds unless the name says otherwise. */
export interface Timing {
  readonly ttl: number;
  readonly loopWait: number;
  readonly retryTimeout: number;
  readonly primaryStartTimeout: number;
  readonly checkIntervalMs: number;
  readonly checkFastIntervalMs: number;
  readonly checkFall: number;
  readonly checkRise: number;
  readonly etcdHeartbeatMs: number;
  readonly etcdElectionMs: number;
}

/**
 * How many intervals a check of the balancer may take. A node that is slow to answer is not yet a dead one: connecting takes one at
 * most. The balancer is configured with it, and outages are predicted from it.
 */
export const CHECK_TIMEOUT_INTERVALS = 2;

/** Coupled on purpose: a preset changes the agent, the balancer's checks and etcd together. */
export const TIMING_PRESETS = {
  fast: {
    ttl: 20,
    loopWait: 2,
    retryTimeout: 5,
    primaryStartTimeout: 0,
    checkIntervalMs: 500,
    checkFastIntervalMs: 200,
    checkFall: 2,
    checkRise: 1,
    etcdHeartbeatMs: 100,
    etcdElectionMs: 1000,
  },
  normal: {
    ttl: 30,
    loopWait: 5,
    retryTimeout: 10,
    primaryStartTimeout: 25,
    checkIntervalMs: 1000,
    checkFastIntervalMs: 500,
    checkFall: 2,
    checkRise: 1,
    etcdHeartbeatMs: 100,
    etcdElectionMs: 1000,
  },
  "wide-area": {
    ttl: 60,
    loopWait: 10,
    retryTimeout: 20,
    primaryStartTimeout: 60,
    checkIntervalMs: 2000,
    checkFastIntervalMs: 1000,
    checkFall: 3,
    checkRise: 2,
    etcdHeartbeatMs: 300,
    etcdElectionMs: 3000,
  },
} as const satisfies Record<string, Timing>;

/** One of `TIMING_PRESETS`. */
export type TimingPreset = keyof typeof TIMING_PRESETS;

/** Patroni replaces lower values by these, with only a line in its log (patroni/config.py, 4.0). */
export const PATRONI_MINIMUMS = { ttl: 20, loopWait: 1, retryTimeout: 3 } as const;
