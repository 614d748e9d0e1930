import fc from "fast-check";
import { expect, test } from "vitest";
import { addressAt, hostNumberOf, isInside, subnetRange, subnetsOverlap, toAddress, toNumber } from "./addresses.ts";
import { containsNetwork, hasHostBits, networkOf, singleHost } from "./cidr.ts";

test.each([
  ["10.1.2.3/8", "10.0.0.0/8", "10.1.2.3/32"],
  ["255.255.255.255/32", "255.255.255.255/32", "255.255.255.255/32"],
  ["200.1.2.3/0", "0.0.0.0/0", "200.1.2.3/32"],
  ["2001:db8::1/32", "2001:db8::/32", "2001:db8::1/128"],
  ["::/0", "::/0", "::/128"],
  ["::1/128", "::1/128", "::1/128"],
  ["2001:DB8:0:0:1::/64", "2001:db8::/64", "2001:DB8:0:0:1::/128"],
  ["1:0:0:2:0:0:0:3/128", "1:0:0:2::3/128", "1:0:0:2:0:0:0:3/128"],
  ["::ffff:192.0.2.1/128", "::ffff:c000:201/128", "::ffff:192.0.2.1/128"],
  ["1:2:3:4:5:6:7:8/128", "1:2:3:4:5:6:7:8/128", "1:2:3:4:5:6:7:8/128"],
])("%s lies in %s and is %s by itself", (cidr, network, single) => {
  expect(networkOf(cidr)).toBe(network);
  expect(singleHost(cidr)).toBe(single);
});

test.each([
  ["10.0.0.0/8", false],
  ["10.0.0.1/8", true],
  ["0.0.0.0/0", false],
  ["2001:db8::/32", false],
  ["2001:db8:0:0::/32", false],
  ["2001:db8::/16", true],
])("%s has host bits: %s", (cidr, expected) => {
  expect(hasHostBits(cidr)).toBe(expected);
});

const prefix = fc.integer({ min: 0, max: 32 });

test("a network has no host bits and holds the address it was made from", () => {
  fc.assert(
    fc.property(fc.ipV4(), prefix, (address, length) => {
      const network = networkOf(`${address}/${length}`);
      expect(hasHostBits(network)).toBe(false);
      expect(networkOf(network)).toBe(network);
      expect(isInside(address, network)).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (address, length) => {
      const network = networkOf(`${address}/${length}`);
      expect(hasHostBits(network)).toBe(false);
      expect(networkOf(network)).toBe(network);
    }),
  );
});

test("an address is counted inside its network", () => {
  fc.assert(
    fc.property(fc.ipV4(), prefix, (address, length) => {
      const network = networkOf(`${address}/${length}`);
      expect(toAddress(toNumber(address))).toBe(address);
      expect(addressAt(network, hostNumberOf(address, [network]) ?? -1)).toBe(address);
    }),
  );
});

test("networks overlap exactly when one holds the first address of the other", () => {
  fc.assert(
    fc.property(fc.ipV4(), prefix, fc.ipV4(), prefix, (a, lengthA, b, lengthB) => {
      const [left, right] = [networkOf(`${a}/${lengthA}`), networkOf(`${b}/${lengthB}`)];
      const holds = (outer: string, inner: string) => isInside(toAddress(subnetRange(inner).first), outer);
      expect(subnetsOverlap(left, right)).toBe(holds(left, right) || holds(right, left));
    }),
  );
});

test.each([
  ["10.0.0.0/8", "10.1.0.0/16", true],
  ["10.0.0.0/8", "10.0.0.0/8", true],
  ["10.1.0.0/16", "10.0.0.0/8", false],
  ["10.0.0.0/8", "11.1.0.0/16", false],
  ["0.0.0.0/0", "192.0.2.1/32", true],
  ["::/0", "192.0.2.1/32", false],
  ["2001:db8::/32", "2001:db8:1::/48", true],
])("%s holds all of %s: %s", (outer, inner, holds) => {
  expect(containsNetwork(outer, inner)).toBe(holds);
});
