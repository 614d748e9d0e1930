import type { ParameterValue } from "../model.ts";
import { FREE_DYNAMIC, SHARED_PARAMETERS } from "../settings/dynamic.ts";
import { KNOWN_PARAMETERS } from "../settings/known-parameters.ts";
import { OWNED_PATRONI, OWNED_POSTGRESQL, type OwnedSettings } from "../settings/owned.ts";
import { parseSize, SIZE_UNITS } from "../settings/size.ts";
import { error, type PatroniRule } from "./finding.ts";

function ownerOf(name: string, owned: readonly OwnedSettings[]): OwnedSettings | undefined {
  return owned.find(({ names }) => names.includes(name));
}

/** What a value must be where Patroni, unable to read it, would put its own default in force instead. */
function expectation(name: string, value: ParameterValue): string | undefined {
  const shared = SHARED_PARAMETERS.get(name)?.accepts;
  if (shared !== undefined) return shared.test(value) ? undefined : shared.says;
  const unit = SIZE_UNITS.get(name);
  return unit === undefined || parseSize(value, unit) !== undefined ? undefined : "a size like 512MB";
}

/** PostgreSQL does not tell the case of a name apart, so neither does this. */
export const postgresqlParameters: PatroniRule = ({ parameters, postgresqlVersion }) =>
  Object.entries(parameters.postgresql).flatMap(([key, value]) => {
    const name = key.toLowerCase();
    const path = ["parameters", "postgresql", key];
    const owner = ownerOf(name, OWNED_POSTGRESQL);
    if (owner !== undefined) {
      return [error("owned-parameter-postgresql", path, `Matriarch sets PostgreSQL's "${key}" itself: ${owner.because}.`, owner.instead)];
    }
    const known = KNOWN_PARAMETERS[postgresqlVersion];
    if (known !== undefined && !known.has(name) && !name.includes(".")) {
      const message = `PostgreSQL ${postgresqlVersion} has no "${key}", and Patroni would leave it out without an error.`;
      return [
        error("unknown-parameter-postgresql", path, message, "Take the name from the view pg_settings or PostgreSQL's documentation."),
      ];
    }
    const expected = expectation(name, value);
    if (expected === undefined) return [];
    const message = `PostgreSQL's "${key}" must be ${expected} here, not ${JSON.stringify(value)}: Patroni would put its default in force instead.`;
    return [error("invalid-parameter-postgresql", path, message, `Write ${expected}.`)];
  });

export const patroniParameters: PatroniRule = ({ parameters }) =>
  Object.entries(parameters.patroni).flatMap(([key, value]) => {
    const path = ["parameters", "patroni", key];
    const owner = ownerOf(key, OWNED_PATRONI);
    if (owner !== undefined) {
      return [error("owned-parameter-patroni", path, `Matriarch sets Patroni's "${key}" itself: ${owner.because}.`, owner.instead)];
    }
    const accepts = FREE_DYNAMIC.get(key);
    if (accepts === undefined) {
      const message = `Patroni's dynamic configuration has no "${key}" that a topology can set, and Patroni would ignore it without a word.`;
      return [error("unknown-parameter-patroni", path, message, `It can set: ${[...FREE_DYNAMIC.keys()].join(", ")}.`)];
    }
    if (accepts.test(value)) return [];
    const message = `Patroni's "${key}" must be ${accepts.says}, not ${JSON.stringify(value)}: Patroni would use its default instead.`;
    return [error("invalid-parameter-patroni", path, message, `Write ${accepts.says}.`)];
  });

/** The schema allows fewer than Patroni does, which would put 100 in force instead. */
export const maxConnections: PatroniRule = ({ connections }) => {
  const accepts = SHARED_PARAMETERS.get("max_connections")?.accepts;
  if (accepts === undefined || accepts.test(connections.maxConnections)) return [];
  const message = `Patroni accepts no max_connections of ${connections.maxConnections} and would put 100 in force instead.`;
  return [error("max-connections-too-low", ["postgresql", "max_connections"], message, `Set ${accepts.says}.`)];
};
