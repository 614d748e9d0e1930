import { toAddress, toNumber } from "./addresses.ts";

interface Family {
  readonly bits: bigint;
  readonly read: (address: string) => bigint;
  readonly write: (value: bigint) => string;
}

const IPV4: Family = { bits: 32n, read: (address) => BigInt(toNumber(address)), write: (value) => toAddress(Number(value)) };
const IPV6: Family = { bits: 128n, read: readIpv6, write: writeIpv6 };

/** Sixteen-bit groups of one side of `::`; an IPv4 address at the end counts as two. */
function groupsOf(part: string): bigint[] {
  if (part === "") return [];
  return part.split(":").flatMap((group) => {
    if (!group.includes(".")) return [BigInt(`0x${group}`)];
    const value = BigInt(toNumber(group));
    return [value >> 16n, value & 0xffffn];
  });
}

function readIpv6(address: string): bigint {
  const [head = "", tail] = address.split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const zeros = Array<bigint>(Math.max(8 - before.length - after.length, 0)).fill(0n);
  return [...before, ...zeros, ...after].reduce((sum, group) => (sum << 16n) + group, 0n);
}

/** The longest run of zero groups becomes `::` (RFC 5952). */
function writeIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  const text = groups.join(":");
  const runs = [...text.matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (run[0].length > (best?.[0].length ?? 0) ? run : best),
    undefined,
  );
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index).replace(/:$/, "");
  return `${before}::${text.slice(longest.index + longest[0].length).replace(/^:/, "")}`;
}

function split(cidr: string): { readonly family: Family; readonly value: bigint; readonly prefix: number; readonly hostBits: bigint } {
  const [address = "", length = "0"] = cidr.split("/");
  const family = address.includes(":") ? IPV6 : IPV4;
  return { family, value: family.read(address), prefix: Number(length), hostBits: family.bits - BigInt(length) };
}

/** Whether an address with a prefix is that of a host, not that of the network. IPv4 and IPv6. */
export function hasHostBits(cidr: string): boolean {
  const { value, hostBits } = split(cidr);
  return (value >> hostBits) << hostBits !== value;
}

/** The network that an address with a prefix lies in. */
export function networkOf(cidr: string): string {
  const { family, value, prefix, hostBits } = split(cidr);
  return `${family.write((value >> hostBits) << hostBits)}/${prefix}`;
}

/** The address alone, as a network of one host. */
export function singleHost(cidr: string): string {
  const { family } = split(cidr);
  return `${cidr.split("/")[0] ?? ""}/${family.bits}`;
}

/** Whether every address of one network is in another. Networks of different families have none in common. */
export function containsNetwork(outer: string, inner: string): boolean {
  const [wide, narrow] = [split(outer), split(inner)];
  return wide.family === narrow.family && wide.prefix <= narrow.prefix && wide.value >> wide.hostBits === narrow.value >> wide.hostBits;
}
