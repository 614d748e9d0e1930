import { createHash } from "node:crypto";
import type { Before } from "./before.ts";
import type { Facts, MemberFacts } from "./facts.ts";

/** What is done to a member: `reload` disturbs nobody. */
type Action = "create" | "remove" | "recreate" | "restart" | "reload";

/** One thing that `./cluster up` does, because of the generation that it puts in force. */
export interface PlanStep {
  readonly member: string;
  readonly action: Action;
  readonly because: string;
}

function stepFor(before: MemberFacts | undefined, after: MemberFacts): PlanStep[] {
  const { name: member } = after;
  if (before === undefined) return [{ member, action: "create", because: "it is new" }];
  if (before.container === "") return [{ member, action: "recreate", because: "an older version made it" }];
  if (before.image !== after.image) return [{ member, action: "recreate", because: "its image is built anew" }];
  if (before.container !== after.container) return [{ member, action: "recreate", because: "its container is defined anew" }];
  if (before.files === after.files) return [];
  // etcd reads its configuration at its start only.
  return [{ member, action: after.kind === "etcd" ? "restart" : "reload", because: "its configuration changed" }];
}

/** What putting the next generation in force does to each member, those that go first; empty where nothing was applied. */
export function stepsOf({ applied }: Pick<Before, "applied">, next: Facts): readonly PlanStep[] {
  if (applied === null) return [];
  const before = new Map(applied.facts.members.map((member) => [member.id, member]));
  const after = new Set(next.members.map(({ id }) => id));
  const gone = applied.facts.members.filter(({ id }) => !after.has(id));
  return [
    ...gone.map(({ name }): PlanStep => ({ member: name, action: "remove", because: "it is not in the topology any more" })),
    ...next.members.flatMap((member) => stepFor(before.get(member.id), member)),
  ];
}

/**
 * The plan for `./cluster up`: what it was computed from, then a line for each step. It is carried out only where what is
 * applied is still that.
 */
export function formatPlan({ applied }: Pick<Before, "applied">, steps: readonly PlanStep[]): string {
  const from = applied === null ? "nothing" : createHash("sha256").update(applied.text).digest("hex");
  const lines = [
    `from ${from}`,
    ...(applied?.isStopped ? ["stopped"] : []),
    ...steps.map((step) => `${step.action} ${step.member} ${step.because}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** The steps for people. */
export function tellSteps(steps: readonly PlanStep[]): string[] {
  const told = steps.map(({ member, action, because }) => `  ${action.padEnd(9)}${member}: ${because}`);
  return told.length === 0 ? [] : ['"./cluster up" would:', ...told];
}
