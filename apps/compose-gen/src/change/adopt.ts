import { type Identity, type Ledger, memberId, type NodeRole, NODE_ROLES } from "@matriarch/topology";
import { parse } from "yaml";
import { z } from "zod";
import type { Facts, MemberFacts } from "./facts.ts";

/*
 * Bundles of versions without a ledger: a member's name was its node's, or `<node>-<role>` where the node had several;
 * Patroni and etcd knew it by that name, and its volume was `<name>-data`. All of it stays as it was given.
 */

const volumeSchema = z.object({ type: z.string(), source: z.string() });

const composeSchema = z.object({
  name: z.string(),
  services: z.record(
    z.string(),
    z.object({
      labels: z.object({ "matriarch.role": z.enum(NODE_ROLES) }),
      networks: z.record(z.string(), z.object({ ipv4_address: z.string() })),
      volumes: z.array(volumeSchema),
    }),
  ),
  networks: z.record(z.string(), z.object({ ipam: z.object({ config: z.tuple([z.object({ subnet: z.string() })]) }) })),
});

const promisesSchema = z.object({
  promises: z.object({
    replication: z.object({
      mode: z.enum(["asynchronous", "synchronous", "quorum"]),
      neverPromoted: z.array(z.string()),
      neverSynchronous: z.array(z.string()),
    }),
  }),
});

type Services = z.infer<typeof composeSchema>["services"];

/** The node of a member: its name, or what comes before the role where another member of that node is there. */
function nodeOf(name: string, kind: NodeRole, services: Services): string {
  if (!name.endsWith(`-${kind}`)) return name;
  const node = name.slice(0, -kind.length - 1);
  const hasSibling = NODE_ROLES.some((other) => other !== kind && services[memberId(node, other)]?.labels["matriarch.role"] === other);
  return hasSibling ? node : name;
}

/** Host number of an address in the networks of the bundle, whose addresses are counted alike. */
function hostNumber(address: string, subnet: string): number {
  const value = (text: string) => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return value(address) - value(subnet.split("/")[0] ?? "");
}

/** What an older version gave to each member, and what is known of what it rendered; `undefined` where that cannot be read. */
export function adoptOlder(composeText: string, promisesText: string): { readonly ledger: Ledger; readonly facts: Facts } | undefined {
  let compose, promises;
  try {
    compose = composeSchema.parse(parse(composeText));
    ({ promises } = promisesSchema.parse(JSON.parse(promisesText)));
  } catch {
    return undefined;
  }
  const { services } = compose;
  const networks = Object.fromEntries(Object.entries(compose.networks).map(([name, { ipam }]) => [name, ipam.config[0].subnet]));
  const { mode, neverPromoted, neverSynchronous } = promises.replication;
  const rows: [string, Identity][] = [];
  const members = Object.entries(services).map(([name, service]): MemberFacts => {
    const kind = service.labels["matriarch.role"];
    const node = nodeOf(name, kind, services);
    const id = memberId(node, kind);
    const addresses = Object.fromEntries(Object.entries(service.networks).map(([network, { ipv4_address: own }]) => [network, own]));
    const [network = "", address = ""] = Object.entries(addresses)[0] ?? [];
    const volume = service.volumes.find(({ type }) => type === "volume")?.source ?? null;
    rows.push([id, { number: hostNumber(address, networks[network] ?? ""), name, instance: name, volume: volume ?? id }]);
    const isNode = kind === "postgresql";
    return {
      id,
      kind,
      node,
      name,
      instance: name,
      volume,
      addresses,
      promotable: isNode && !neverPromoted.includes(name),
      synchronous: isNode && !neverSynchronous.includes(name),
      container: "",
      image: "",
      files: "",
    };
  });
  return { ledger: new Map(rows), facts: { scope: compose.name, replication: mode, networks, members } };
}
