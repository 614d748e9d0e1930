import type { Topology } from "../../resolve/topology.ts";
import { CHECK_TIMEOUT_INTERVALS } from "../../timing.ts";
import { fromMs, type Term } from "../interval.ts";

/** How long Patroni may take to answer a check of the balancer, however long the check would wait. */
const SLOWEST_ANSWER = 1;

/** How long the balancer's checks take to see a change that needs `count` of them. `answer`: seconds for each. */
function checksOf({ timing }: Topology, count: number, answer: number): Pick<Term, "low" | "high"> {
  const between = (count - 1) * fromMs(timing.checkFastIntervalMs);
  return { low: between, high: fromMs(timing.checkIntervalMs) + between + count * answer };
}

/** The new primary's server comes up in the balancer. */
export function balancerFollows(topology: Topology): Term {
  const { checkRise, checkIntervalMs } = topology.timing;
  const answer = Math.min(SLOWEST_ANSWER, CHECK_TIMEOUT_INTERVALS * fromMs(checkIntervalMs));
  return {
    name: "the balancer's check",
    ...checksOf(topology, checkRise, 0),
    high: checksOf(topology, checkRise, answer).high,
    why: "check_interval_ms until the next check, check_fast_interval_ms for each further one that check_rise asks for, and up to 1 s for each answer of Patroni (assumed bound).",
  };
}

/** The old primary's server goes down in the balancer, which accepts writes only while exactly one server is up. */
export function oldPrimaryLeaves(topology: Topology, answers: boolean): Term {
  const { checkFall, checkIntervalMs } = topology.timing;
  const timeout = CHECK_TIMEOUT_INTERVALS * fromMs(checkIntervalMs);
  return {
    name: "the old primary leaves the balancer",
    low: checksOf(topology, checkFall, 0).low,
    high: checksOf(topology, checkFall, answers ? Math.min(SLOWEST_ANSWER, timeout) : timeout).high,
    why: "The balancer refuses writes while two servers call themselves primary. check_fall checks must fail; what exceeds the other terms counts.",
  };
}

/** Absent without a pooler. */
export function poolerRetries({ pgbouncer, waits }: Topology): Term[] {
  if (pgbouncer.length === 0) return [];
  const why = "PgBouncer tries a refused connection again after server_login_retry. Clients past the pooler are spared it.";
  return [{ name: "the pooler tries again", low: 0, high: waits.poolerLogin, why }];
}
