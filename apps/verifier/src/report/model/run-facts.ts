import { stringify } from "yaml";
import { whyNotWhole } from "../../run/completeness.ts";
import type { RunRecord } from "../../run/record.ts";
import { formatDuration } from "./numbers.ts";
import { groundsOf, partsText } from "./provenance.ts";

/** A named fact of the run; `mono`: to be read character by character. */
interface Fact {
  readonly name: string;
  readonly value: string;
  readonly mono?: true;
}

/** Facts that belong together. */
export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
}

function named(record: Readonly<Record<string, string>>, mono?: true): Fact[] {
  return Object.entries(record).map(([name, value]) => ({ name, value, ...(mono && { mono }) }));
}

/** ISO 8601 for people: `2030-01-01 12:00:00 UTC`. */
export function formatInstant(iso: string): string {
  return iso.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
}

/** What was tested, how, and on what. */
export function runFacts(record: RunRecord): FactGroup[] {
  const { header } = record;
  const { cluster } = header;
  const reasons = whyNotWhole(record);
  const { ttl, loopWait, retryTimeout, primaryStartTimeout } = cluster.timings;
  return [
    {
      title: "Run",
      facts: [
        { name: "id", value: header.id, mono: true },
        { name: "suite", value: header.suite },
        { name: "seed", value: String(header.seed), mono: true },
        { name: "started", value: formatInstant(header.started) },
        { name: "took", value: formatDuration(header.seconds) },
        ...partsText(header).map((value) => ({ name: "in parts", value })),
        { name: "whole", value: reasons.length === 0 ? "yes" : `no: ${reasons.join("; ")}` },
        ...groundsOf(record.scenarios).map((value): Fact => ({ name: "ran on", value, mono: true })),
        ...named(header.machine),
      ],
    },
    {
      title: "Cluster",
      facts: [
        { name: "scope", value: cluster.scope },
        { name: "example", value: cluster.example },
        { name: "replication", value: cluster.replication },
        { name: "ttl", value: `${ttl} s` },
        { name: "loop_wait", value: `${loopWait} s` },
        { name: "retry_timeout", value: `${retryTimeout} s` },
        { name: "primary_start_timeout", value: `${primaryStartTimeout} s` },
      ],
    },
    { title: "Versions", facts: [{ name: "Matriarch", value: header.version }, ...named(cluster.versions)] },
    { title: "Images", facts: named(cluster.images, true) },
  ];
}

/** Patroni's dynamic configuration in force, as YAML. */
export function patroniConfiguration({ header }: RunRecord): string {
  return stringify(header.cluster.patroniConfig ?? null, { lineWidth: 0 }).trimEnd();
}
