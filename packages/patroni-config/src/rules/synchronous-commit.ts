import { error, type PatroniRule } from "./finding.ts";

const WITHOUT_STANDBY = new Set(["off", "local", "false", "no", "0"]);

/** With these a commit does not wait for the standby that the topology promises. */
export const synchronousCommit: PatroniRule = ({ parameters, replication }) =>
  Object.entries(parameters.postgresql)
    .filter(([key, value]) => key.toLowerCase() === "synchronous_commit" && WITHOUT_STANDBY.has(String(value).toLowerCase()))
    .filter(() => replication.mode !== "asynchronous")
    .map(([key, value]) => {
      const message = `Replication is ${replication.mode}, but with "${key}" = ${JSON.stringify(value)} no commit waits for a standby: a failover loses acknowledged writes.`;
      const hint = "Remove it, or say `replication: { mode: asynchronous }`. A session that can bear the loss may set it for itself.";
      return error("synchronous-commit-too-weak", ["parameters", "postgresql", key], message, hint);
    });
