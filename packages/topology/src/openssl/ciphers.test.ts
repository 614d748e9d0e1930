import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cipherSuites } from "./ciphers.ts";
import { SUITES, WORDS } from "./debian-13.ts";

const suitesOf = (list: string) => cipherSuites(list, "debian-13");

describe("a list of ciphers", () => {
  it("is what its words have in common, less what is banned", () => {
    expect(suitesOf("ECDHE+AESGCM:!ECDSA:!AES256")).toEqual(["ECDHE-RSA-AES128-GCM-SHA256"]);
    expect(suitesOf("ECDHE-RSA-AES128-GCM-SHA256 , AES256-SHA")).toEqual(["ECDHE-RSA-AES128-GCM-SHA256", "AES256-SHA"]);
  });

  it("brings back what was only taken off, and never what was banned", () => {
    expect(suitesOf("AES256-SHA:-AES256-SHA:AES256-SHA")).toEqual(["AES256-SHA"]);
    expect(suitesOf("!AES256-SHA:AES256-SHA")).toEqual([]);
  });

  it("passes over words that OpenSSL does not know", () => {
    expect(suitesOf("NOPE:AES256-SHA")).toEqual(["AES256-SHA"]);
  });

  it.each(["NOPE", "", "TLS_AES_256_GCM_SHA384", "HIGH:!HIGH", "HIGH:*", "HIGH:@SECLEVEL=9", "aRSA+aECDSA", "RC4", "!aNULL:DEFAULT"])(
    "is empty, so that no daemon starts with it: %j",
    (list) => {
      expect(suitesOf(list)).toEqual([]);
    },
  );

  it.each(["DEFAULT", "HIGH:MEDIUM:+3DES:!aNULL", "ECDHE+AESGCM:ECDHE+CHACHA20", "DEFAULT:!RC4:@STRENGTH"])("has suites: %s", (list) => {
    expect(suitesOf(list).length).toBeGreaterThan(3);
  });

  it("never holds a banned suite, whatever stands around it", () => {
    const word = fc.constantFrom(...Object.keys(WORDS), ...SUITES, "NOPE");
    fc.assert(
      fc.property(fc.array(word), fc.constantFrom(...SUITES), fc.array(word), (before, banned, after) => {
        expect(suitesOf([...before, `!${banned}`, ...after].join(":"))).not.toContain(banned);
      }),
    );
  });
});
