import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alternativeNames, formatName, isDnsName, isIpv4 } from "./names.ts";

describe("alternativeNames", () => {
  it("name each once, sorted, addresses as addresses", () => {
    expect(alternativeNames(["node1", "localhost", "127.0.0.1", "node1", "10.0.0.1"]).map(formatName)).toEqual([
      "DNS:localhost",
      "DNS:node1",
      "IP:10.0.0.1",
      "IP:127.0.0.1",
    ]);
  });

  it("do not depend on the order in which they are given", () => {
    const names = fc.array(fc.oneof(fc.domain(), fc.ipV4()));
    fc.assert(
      fc.property(names, (texts) => {
        expect(alternativeNames(texts)).toEqual(alternativeNames(texts.toReversed()));
      }),
    );
  });
});

describe("names that clients dial", () => {
  it("are IPv4 addresses for every IPv4 address, and never both", () => {
    fc.assert(fc.property(fc.ipV4(), (text) => isIpv4(text) && !isDnsName(text)));
  });

  it("are DNS names for every domain in lower case, and never both", () => {
    fc.assert(fc.property(fc.domain(), (text) => isDnsName(text.toLowerCase()) && !isIpv4(text)));
  });
});
