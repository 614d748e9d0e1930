import type { Finding, Rule, Topology } from "@matriarch/topology";
import { FREE_PARAMETERS, isReadable, type ParameterKind } from "./parameters.ts";
import { poolsOf } from "./pools.ts";
import { ownerOf } from "./settings.ts";

/** Every code that this package's rules can report. */
export const PGBOUNCER_CODES = [
  "connection-limit-below-pools",
  "invalid-parameter-pgbouncer",
  "owned-parameter-pgbouncer",
  "pools-exceed-max-connections",
  "unknown-parameter-pgbouncer",
] as const;
type Code = (typeof PGBOUNCER_CODES)[number];

function refusal(code: Code, key: string, message: string, hint: string): Finding<Code> {
  return { code, severity: "error", path: ["parameters", "pgbouncer", key], message, hint };
}

function namesOf(topology: Topology): string[] {
  return Object.keys(topology.parameters.pgbouncer);
}

const ownedParameter: Rule = (topology) =>
  namesOf(topology).flatMap((key) => {
    const owner = ownerOf(key);
    if (owner === undefined) return [];
    return [
      refusal("owned-parameter-pgbouncer", key, `PgBouncer's "${key}" is not for a topology to set: ${owner.because}.`, owner.instead),
    ];
  });

/** Hyphens and capitals are the usual slips. */
function hintFor(key: string): string {
  const underscored = key.toLowerCase().replaceAll(/[-.]/g, "_");
  return FREE_PARAMETERS.has(underscored) ? `Did you mean "${underscored}"?` : "Take the name from the manual of PgBouncer 1.24.";
}

const unknownParameter: Rule = (topology) =>
  namesOf(topology)
    .filter((key) => !FREE_PARAMETERS.has(key) && ownerOf(key) === undefined)
    .map((key) => refusal("unknown-parameter-pgbouncer", key, `PgBouncer does not start: it knows no "${key}".`, hintFor(key)));

const KINDS: Readonly<Record<ParameterKind, { readonly name: string; readonly hint: string }>> = {
  text: { name: "text, without blanks at its ends", hint: "Put it into quotes, and leave out the blanks around it." },
  integer: { name: "a whole number", hint: "Write a number, without unit and without quotes." },
  seconds: { name: "a number of seconds", hint: "Write a number, without unit and without quotes; 0.5 is half a second." },
  switch: { name: "true or false", hint: "Write true or false, without quotes." },
};

const invalidParameter: Rule = (topology) =>
  Object.entries(topology.parameters.pgbouncer).flatMap(([key, value]) => {
    const kind = FREE_PARAMETERS.get(key);
    if (kind === undefined || isReadable(kind, value)) return [];
    const { name, hint } = KINDS[kind];
    return [refusal("invalid-parameter-pgbouncer", key, `PgBouncer's "${key}" is ${name}, not ${JSON.stringify(value)}.`, hint)];
  });

/** Of max_connections a tenth is for direct clients: the smallest number whose other nine tenths hold the rest. */
function enoughConnections(others: number): number {
  return Math.ceil((others * 10) / 9);
}

/** After a failover every pool of every pooler ends at one server. What does not fit there fails, at the worst moment. */
const poolsExceedMaxConnections: Rule = ({ pgbouncer, connections }) => {
  const { maxConnections, superuserReserved, direct, poolSize, pooledAtMost } = connections;
  const needed = pooledAtMost + direct + superuserReserved;
  if (pgbouncer.length === 0 || needed <= maxConnections) return [];
  const pools = pooledAtMost / poolSize;
  const fitting = Math.floor((maxConnections - superuserReserved - direct) / pools);
  const raise = `raise postgresql.max_connections to ${enoughConnections(pooledAtMost + superuserReserved)}`;
  const finding: Finding<Code> = {
    code: "pools-exceed-max-connections",
    severity: "error",
    // Pools of one connection cannot shrink, and only a size that somebody wrote is larger than what fits.
    path: poolSize > 1 ? ["pools", "size"] : ["postgresql", "max_connections"],
    message: `${pools} pools of ${poolSize} (${pooledAtMost}) + ${direct} for direct clients + ${superuserReserved} for the superuser = ${needed} connections, more than max_connections, ${maxConnections}.`,
    hint: fitting >= 1 ? `Set pools.size to ${fitting}, or ${raise}.` : `Let fewer roles use fewer databases, or ${raise}.`,
  };
  return [finding];
};

/** A pool has at least one connection. */
const connectionLimitBelowPools: Rule = (topology) =>
  topology.logins.flatMap((login) => {
    const pools = poolsOf(topology, login);
    if (login.connectionLimit === null || login.connectionLimit >= pools) return [];
    const finding: Finding<Code> = {
      code: "connection-limit-below-pools",
      severity: "warning",
      path: ["roles", login.name, "connection_limit"],
      message: `The role ${login.name} has ${pools} pools and may hold ${login.connectionLimit} connections: PostgreSQL refuses the others when all pools end at one server.`,
      hint: `Set it to ${pools} or more, or name the role in fewer databases.`,
    };
    return [finding];
  });

/** What PgBouncer cannot accept, or would make worse. */
export const pgbouncerRules: readonly Rule[] = [
  ownedParameter,
  unknownParameter,
  invalidParameter,
  poolsExceedMaxConnections,
  connectionLimitBelowPools,
];
