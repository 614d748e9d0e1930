import type { Outlook, Program } from "@matriarch/topology";
import { formatLosses } from "./losses.ts";
import { formatOutages } from "./outages.ts";

const NAMES: Record<Program, string> = {
  postgresql: "PostgreSQL",
  patroni: "Patroni",
  etcd: "etcd",
  haproxy: "HAProxy",
  pgbouncer: "PgBouncer",
};

function formatVersions({ platform, versions }: Outlook): string {
  const programs = (Object.keys(NAMES) as Program[]).flatMap((program) => {
    const version = versions[program];
    return version === undefined ? [] : `${NAMES[program]} ${version}`;
  });
  return `On ${platform}: ${programs.join(", ")}.`;
}

/** What an operator may expect, for people: versions, predicted outages, what each loss means. */
export function formatOutlook(outlook: Outlook): string[] {
  return ["", formatVersions(outlook), "", ...formatOutages(outlook.outages), "", ...formatLosses(outlook.losses)];
}
