import { isBefore, type Topology } from "@matriarch/topology";
import { FREE_PARAMETERS, isReadable, type ParameterKind, SINCE } from "../parameters.ts";
import { ownerOf } from "../settings.ts";
import { error, type PgbouncerRule } from "./finding.ts";

const pathOf = (key: string) => ["parameters", "pgbouncer", key];

function namesOf(topology: Topology): string[] {
  return Object.keys(topology.parameters.pgbouncer);
}

export const ownedParameter: PgbouncerRule = (topology) =>
  namesOf(topology).flatMap((key) => {
    const owner = ownerOf(key);
    if (owner === undefined) return [];
    const message = `PgBouncer's "${key}" is not for a topology to set: ${owner.because}.`;
    return [error("owned-parameter-pgbouncer", pathOf(key), message, owner.instead)];
  });

/** Hyphens and capitals are the usual slips. */
function hintFor(key: string): string {
  const underscored = key.toLowerCase().replaceAll(/[-.]/g, "_");
  return FREE_PARAMETERS.has(underscored) ? `Did you mean "${underscored}"?` : "Take the name from PgBouncer's manual.";
}

export const unknownParameter: PgbouncerRule = (topology) =>
  namesOf(topology)
    .filter((key) => !FREE_PARAMETERS.has(key) && ownerOf(key) === undefined)
    .map((key) => error("unknown-parameter-pgbouncer", pathOf(key), `PgBouncer does not start: it knows no "${key}".`, hintFor(key)));

const KINDS: Readonly<Record<ParameterKind, { readonly name: string; readonly hint: string }>> = {
  text: { name: "text, without blanks at its ends", hint: "Put it into quotes, and leave out the blanks around it." },
  integer: { name: "a whole number", hint: "Write a number, without unit and without quotes." },
  seconds: { name: "a number of seconds", hint: "Write a number, without unit and without quotes; 0.5 is half a second." },
  switch: { name: "true or false", hint: "Write true or false, without quotes." },
};

export const invalidParameter: PgbouncerRule = (topology) =>
  Object.entries(topology.parameters.pgbouncer).flatMap(([key, value]) => {
    const kind = FREE_PARAMETERS.get(key);
    if (kind === undefined || isReadable(kind, value)) return [];
    const { name, hint } = KINDS[kind];
    return [error("invalid-parameter-pgbouncer", pathOf(key), `PgBouncer's "${key}" is ${name}, not ${JSON.stringify(value)}.`, hint)];
  });

/** One such key, and PgBouncer does not start at all. */
export const newerParameter: PgbouncerRule = (topology) => {
  const { id, versions } = topology.platform;
  return namesOf(topology).flatMap((key) => {
    const since = SINCE.get(key);
    if (since === undefined || !isBefore(versions.pgbouncer, since)) return [];
    const message = `PgBouncer ${versions.pgbouncer} of the platform ${id} does not start: it knows no "${key}", which came with ${since}.`;
    return [error("newer-parameter-pgbouncer", pathOf(key), message, "Leave it out, or choose a platform with a newer PgBouncer.")];
  });
};

/** What pgbouncer.ini asks of PgBouncer, by the release that brought it (PgBouncer's changelog). */
const NEEDS: readonly { readonly since: string; readonly what: string }[] = [
  { since: "1.23.0", what: "a pool_size for a single role, by which its connection_limit is kept" },
];

export const tooOld: PgbouncerRule = ({ platform, pgbouncer }) =>
  NEEDS.filter(({ since }) => pgbouncer.length > 0 && isBefore(platform.versions.pgbouncer, since)).map(({ since, what }) => {
    const message = `The platform ${platform.id} has PgBouncer ${platform.versions.pgbouncer}; pgbouncer.ini needs ${what}, which came with ${since}.`;
    return error("pgbouncer-too-old", ["platform"], message, "Choose a platform with a newer PgBouncer.");
  });
