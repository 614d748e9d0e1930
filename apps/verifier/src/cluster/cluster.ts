import type { BundleFacts, BundleMember } from "./bundle.ts";
import type { Fixes } from "./fixes.ts";
import type { Harms } from "./harms.ts";
import type { Looks } from "./looks.ts";

/** The one way to a running cluster. Nothing above it may know what its members run on. */
export interface Cluster extends Looks, Harms, Fixes {}

/** What is left of a cluster when a scenario has to end: what it did can be undone, and looked at. */
export type Healer = Looks & Fixes;

/** The member of that name. Throws when the cluster has none. */
export function memberNamed(facts: BundleFacts, name: string): BundleMember {
  const member = facts.members.find((candidate) => candidate.name === name);
  if (!member) throw new Error(`no member is called ${name}`);
  return member;
}

export function membersWith(facts: BundleFacts, role: BundleMember["role"]): BundleMember[] {
  return facts.members.filter((member) => member.role === role);
}

/** The port of this machine that leads to a port of the member. Throws when none does. */
export function publishedPort(member: BundleMember, port: number): number {
  const published = member.published.get(port);
  if (!published) throw new Error(`port ${port} of ${member.name} is not published`);
  return published.port;
}

/** The one member of a kind; the first where there are several. Throws when there is none. */
export function memberWith(facts: BundleFacts, role: BundleMember["role"]): BundleMember {
  const [member] = membersWith(facts, role);
  if (!member) throw new Error(`no member is ${role}`);
  return member;
}
