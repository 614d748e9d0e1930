import {
  type Finding,
  type FreeSetting,
  type OwnedSetting,
  type ParameterValue,
  refused,
  type Setting,
  type SettingCode,
  type SettingGroup,
  settingRule,
  type TakesEffect,
  type Topology,
} from "@matriarch/topology";
import { tablesOf } from "../platforms/index.ts";
import type { ParameterContext, PlatformParameters, PostgresqlTables } from "../platforms/tables.ts";
import { acceptedOf } from "./bounds.ts";
import { DANGERS } from "./dangers.ts";
import type { Decision } from "./decision.ts";
import { LOCAL, type NodeFacts } from "./defaults.ts";
import { postgresqlDialect } from "./dialect.ts";
import { OF_OTHER_VERSIONS } from "./other-versions.ts";
import { POSTGRESQL_OWNERS } from "./owned.ts";
import type { ClusterFacts } from "./patroni.ts";
import { SHARED } from "./shared.ts";

/** The rows of one platform's PostgreSQL. */
export interface PostgresqlSettings {
  /** Judges what a topology sets. */
  readonly judge: (topology: Topology) => readonly Finding<SettingCode<"postgresql">>[];
  /** Those that live in the DCS. */
  readonly shared: readonly SettingGroup<ClusterFacts>[];
  /** Those of a node's own file. */
  readonly local: readonly SettingGroup<NodeFacts>[];
}

const SHARED_KEYS: ReadonlySet<string> = new Set(SHARED.map(({ key }) => key));

/** `postmaster`: read at the start only. A session's own settings, too, come from the file with the next reload. */
function takesEffect(context: ParameterContext | undefined): TakesEffect {
  return context === "postmaster" ? "restart" : "reload";
}

function decided<Facts>({ key, value, why }: Decision<Facts>, free: FreeSetting<Facts> | undefined): Setting<Facts> {
  const owner = POSTGRESQL_OWNERS.get(key);
  const reason = why === undefined ? {} : { why };
  if (owner !== undefined || free === undefined) {
    const because = owner ?? { because: "it follows from the rest of the topology", instead: "Leave it out." };
    return { key, owner: because, value, takesEffect: free?.takesEffect ?? "reload", ...reason } satisfies OwnedSetting<Facts>;
  }
  return { ...free, value, ...reason };
}

function freeRows(parameters: PlatformParameters, tables: PostgresqlTables): FreeSetting<unknown, never>[] {
  return Object.entries(parameters).map(([key, { accepts, context }]) => {
    const dangers = DANGERS[key];
    const row = { key, accepts: acceptedOf(key, accepts, tables), takesEffect: takesEffect(context) };
    return dangers === undefined ? row : { ...row, dangers };
  });
}

function settingsFor(tables: PostgresqlTables): PostgresqlSettings {
  const known = new Map(freeRows(tables.parameters, tables).map((row) => [row.key, row]));
  const exists = ({ key }: { readonly key: string }) => known.has(key) || key.includes(".");
  const local = LOCAL.filter(exists).map((decision) => decided(decision, known.get(decision.key)));
  const shared = SHARED.filter(exists).map((decision) => decided(decision, known.get(decision.key)));
  const set = new Set([...local, ...shared].map(({ key }) => key));
  const left = [...known.values()].filter(({ key }) => !set.has(key));
  const kept = [...POSTGRESQL_OWNERS].filter(([key]) => !set.has(key)).flatMap(([key, owner]) => refused(owner, [key]));
  const libraries = Object.values(tables.libraries).flatMap((parameters) => freeRows(parameters, tables));
  const groups = {
    shared: [{ title: "Shared by all members", settings: shared }],
    local: [
      { title: "Of this node", settings: local },
      { title: "Left at PostgreSQL's own defaults", settings: left.filter(({ key }) => !POSTGRESQL_OWNERS.has(key)) },
      { title: "Of libraries", settings: libraries },
      { title: "Of other versions", settings: OF_OTHER_VERSIONS.filter(({ key }) => !known.has(key)) },
      { title: "Kept out of the file", settings: kept },
    ],
  };
  const dialect = postgresqlDialect(new Set(libraries.map(({ key }) => key.split(".", 1)[0] ?? "")));
  return { ...groups, judge: settingRule<"postgresql", NodeFacts, ParameterValue>(dialect, [...groups.local, ...groups.shared]) };
}

const SETTINGS = new Map<PostgresqlTables, PostgresqlSettings>();

/** Every row of the topology's PostgreSQL. */
export function postgresqlSettings(topology: Pick<Topology, "platform" | "postgresqlVersion">): PostgresqlSettings {
  const tables = tablesOf(topology);
  const settings = SETTINGS.get(tables) ?? settingsFor(tables);
  SETTINGS.set(tables, settings);
  return settings;
}

/** Whether Patroni takes a parameter from the DCS only. */
export function isShared(key: string): boolean {
  return SHARED_KEYS.has(key);
}
