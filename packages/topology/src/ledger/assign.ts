import { hostNumberOf } from "../resolve/addresses.ts";
import { NODE_ROLES, type NodeRole } from "../roles.ts";
import type { ParsedTopology } from "../schema/schema.ts";
import { type Identity, type Ledger, memberId } from "./ledger.ts";

/** Host number of the first member; those before it are left to gateways and machines that are no members. */
const FIRST_NUMBER = 11;

/** A node with one role gives its name to the member; with several, each member carries its role as well. */
export function memberName(node: string, roles: readonly NodeRole[], kind: NodeRole): string {
  return roles.length === 1 ? node : memberId(node, kind);
}

/** A member that needs an identity, in the order of the file. */
interface Wanted {
  readonly id: string;
  readonly node: string;
  readonly kind: NodeRole;
  readonly roles: readonly NodeRole[];
  /** The node's stated host number, and how many of its members come before this one. */
  readonly stated: number | undefined;
  readonly index: number;
}

function wantedOf({ nodes, networks }: ParsedTopology): Wanted[] {
  return Object.entries(nodes).flatMap(([node, { roles, address }]) => {
    const stated = address === undefined ? undefined : hostNumberOf(address, Object.values(networks));
    return NODE_ROLES.filter((kind) => roles.includes(kind)).map((kind, index) => ({
      id: memberId(node, kind),
      node,
      kind,
      roles,
      stated,
      index,
    }));
  });
}

/**
 * The ledger with a row for each member of the topology. A row that is there stays as it is; only a node that states another
 * address than before moves. Who is new is given the lowest free number from 11 on, or the one that its node states.
 */
export function assignIdentities(topology: ParsedTopology, ledger: Ledger): Ledger {
  const rows = new Map(ledger);
  const numbers = new Set([...ledger.values()].map(({ number }) => number));
  const names = new Map([...ledger].map(([id, { name }]) => [name, id]));
  const nextFree = (): number => {
    let number = FIRST_NUMBER;
    while (numbers.has(number)) number += 1;
    numbers.add(number);
    return number;
  };
  for (const { id, node, kind, roles, stated, index } of wantedOf(topology)) {
    const row = ledger.get(id);
    if (row !== undefined && row.stated === stated) continue;
    const place = stated === undefined ? { number: nextFree() } : { number: stated + index, stated };
    const usual = memberName(node, roles, kind);
    const name = names.has(usual) ? id : usual;
    const given: Omit<Identity, "number" | "stated"> = row ?? { name, instance: node, volume: id };
    rows.set(id, { ...place, name: given.name, instance: given.instance, volume: given.volume });
  }
  return rows;
}
