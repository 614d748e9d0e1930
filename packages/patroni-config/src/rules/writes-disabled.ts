import { error, type PatroniRule } from "./finding.ts";
import { isOn, writtenParameters } from "./written.ts";

/** On every node, the primary too: Patroni's own script after initdb could make no role. */
export const writesDisabled: PatroniRule = (topology) =>
  writtenParameters(topology, "default_transaction_read_only")
    .filter(({ value }) => isOn(value))
    .map(({ key, path }) => {
      const message = `With "${key}" on, every session of every node starts read-only, the script that makes roles and databases included: the cluster never comes up.`;
      const hint = "Remove it. The read-only port and the aliases `<database>_ro` are read-only already.";
      return error("writes-disabled", path, message, hint);
    });
