import { pkiRules } from "@matriarch/pki";
import { type Rule, topologyRules } from "@matriarch/topology";
import { PACKAGES } from "./packages.ts";

/** Every rule of every package: each knows what its own daemon cannot accept. */
export const ALL_RULES: readonly Rule[] = [...topologyRules, ...pkiRules, ...PACKAGES.flatMap(({ rules }): readonly Rule[] => rules)];
