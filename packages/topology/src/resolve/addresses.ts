/** An IPv4 address as a number. */
export function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The IPv4 address with this number. */
export function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** First address and count of addresses of an IPv4 network. */
export function subnetRange(cidr: string): { readonly first: number; readonly size: number } {
  const [address = "", length = "32"] = cidr.split("/");
  const size = 2 ** (32 - Number(length));
  return { first: Math.floor(toNumber(address) / size) * size, size };
}

/** The address with this host number in a network. */
export function addressAt(cidr: string, hostNumber: number): string {
  return toAddress(subnetRange(cidr).first + hostNumber);
}

export function isInside(address: string, cidr: string): boolean {
  const { first, size } = subnetRange(cidr);
  const value = toNumber(address);
  return value >= first && value < first + size;
}

/** Whether two IPv4 networks in CIDR notation have an address in common. */
export function subnetsOverlap(a: string, b: string): boolean {
  const left = subnetRange(a);
  const right = subnetRange(b);
  return left.first < right.first + right.size && right.first < left.first + left.size;
}

/** Host number of an address in the first of the networks that holds it; `undefined` when none does. */
export function hostNumberOf(address: string, networks: readonly string[]): number | undefined {
  const home = networks.find((network) => isInside(address, network));
  return home === undefined ? undefined : toNumber(address) - subnetRange(home).first;
}
