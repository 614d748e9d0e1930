import { DEFAULT_OUTPUT_PLUGINS } from "../platforms/extension.ts";
import type { LogicalSlot, Topology } from "../resolve/topology.ts";
import { error, listed, type TopologyRule } from "./finding.ts";

const pathOf = ({ database, name }: LogicalSlot) => ["databases", database, "slots", name];

/** A standby's slot is called after its member (`slot_name_from_member_name` in Patroni's `dcs/__init__.py`). */
const memberSlots = ({ postgresql }: Topology) => postgresql.map(({ instance }) => instance.replaceAll("-", "_"));

/** The slots of a server have one space of names, whatever their database. */
export const slotNameTaken: TopologyRule = (topology) =>
  topology.slots.flatMap((slot) => {
    const others = topology.slots.filter(({ name, database }) => name === slot.name && database !== slot.database);
    const taken = [
      ...others.map(({ database }) => `a slot of the database ${database}`),
      ...(memberSlots(topology).includes(slot.name) ? ["the slot of a standby"] : []),
    ];
    if (taken.length === 0) return [];
    const message = `The slot "${slot.name}" of the database ${slot.database} has the name of ${listed(taken)}; a server has each name once.`;
    return error("slot-name-taken", pathOf(slot), message, "Choose another name.");
  });

/** The extension of the platform that is this output plugin. */
function extensionWith({ platform }: Topology, plugin: string): string | undefined {
  return Object.entries(platform.extensions).find(([, { outputPlugin }]) => outputPlugin === plugin)?.[0];
}

/** Declared extensions are installed on every node, whatever their database. */
export const unknownOutputPlugin: TopologyRule = (topology) => {
  const usable: string[] = [...DEFAULT_OUTPUT_PLUGINS, ...topology.extensions.flatMap(({ outputPlugin }) => outputPlugin ?? [])];
  return topology.slots
    .filter(({ plugin }) => !usable.includes(plugin))
    .map((slot) => {
      const extension = extensionWith(topology, slot.plugin);
      const message = `The slot "${slot.name}" uses the output plugin "${slot.plugin}", which the image does not have: Patroni could not make the slot.`;
      const hint =
        extension === undefined ? `Use ${listed(usable)}.` : `Name "${extension}" under "databases.${slot.database}.extensions".`;
      return error("unknown-output-plugin", [...pathOf(slot), "plugin"], message, hint);
    });
};

/** PgBouncer's lookup leaves out roles with REPLICATION, and each of its pools is counted. */
export const subscriberInPools: TopologyRule = (topology) =>
  topology.databases.flatMap(({ name: database, subscribers }) =>
    subscribers.flatMap((role) => {
      const pooled = topology.databases.filter(({ connectable }) => connectable.includes(role)).map(({ name }) => name);
      if (pooled.length === 0) return [];
      const message = `The role "${role}" streams the changes of ${database}, and is owner, writer or reader of ${listed(pooled)}: PgBouncer lets in no role that may replicate.`;
      const hint = "Use a role of its own for streaming: a subscriber reads the owner's tables by itself.";
      return error("subscriber-in-pools", ["databases", database, "subscribers"], message, hint);
    }),
  );
