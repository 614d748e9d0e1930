import type { Mutant } from "../mutant.ts";
import { BALANCER_MUTANTS } from "./balancer.ts";
import { MEMBER_MUTANTS } from "./members.ts";
import { NODE_MUTANTS } from "./nodes.ts";
import { POOLER_MUTANTS } from "./pooler.ts";

/** Every mutant. Those that a running cluster takes over come first: the others need a cluster of their own each. */
export const MUTANTS: readonly Mutant[] = [...BALANCER_MUTANTS, ...POOLER_MUTANTS, ...NODE_MUTANTS, ...MEMBER_MUTANTS].toSorted(
  (one, other) => Number(one.start === "fresh") - Number(other.start === "fresh"),
);
