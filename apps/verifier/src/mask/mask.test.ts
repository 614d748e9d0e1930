import { printableText } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SPELLINGS } from "./testing/spellings.ts";
import { MASK, maskOf } from "./mask.ts";

const secret = printableText.filter((text) => Buffer.byteLength(text) >= 6 && !text.includes("•"));
const spelling = fc.constantFrom(...Object.entries(SPELLINGS));

describe("a secret", () => {
  test.each(Object.entries(SPELLINGS))("%s is hidden, whatever it is", (_, spell) => {
    fc.assert(
      fc.property(secret, (text) => {
        expect(maskOf([text])(`before ${spell(text)} after`)).not.toContain(spell(text));
      }),
      { numRuns: 300 },
    );
  });

  test("that is easy to read leaves everything around it as it was", () => {
    expect(maskOf(["hunter2hunter2"])("password=hunter2hunter2 user=app")).toBe(`password=${MASK} user=app`);
  });

  test("is found behind a user's name, in base64 of both", () => {
    fc.assert(
      fc.property(
        secret.filter(({ length }) => length >= 6),
        fc.string({ maxLength: 5 }),
        (text, user) => {
          // A user who is called like a part of the secret stays readable.
          fc.pre(!user.includes(text.slice(1, -1)));
          const masked = maskOf([text])(Buffer.from(`${user}:${text}`).toString("base64"));
          expect(masked).toContain(MASK);
          expect(Buffer.from(masked.replaceAll(MASK, ""), "base64").toString()).not.toContain(text.slice(1, -1));
        },
      ),
    );
  });

  test("is found in keys, in lists and in nested objects; numbers and other texts stay", () => {
    const value = { s3cr3ts: ["s3cr3ts", 1, null, true, { deep: "a s3cr3ts b" }], other: "secret" };
    expect(maskOf(["s3cr3ts"])(value)).toEqual({ [MASK]: [MASK, 1, null, true, { deep: `a ${MASK} b` }], other: "secret" });
  });

  test("of several lines is found by each of them", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\nAgEGCCqGSM49AwEHBG0w\n-----END PRIVATE KEY-----\n";
    const mask = maskOf([key]);
    expect(mask(`key: ${key}`)).toBe(`key: ${MASK}`);
    expect(mask("line 2: AgEGCCqGSM49AwEHBG0w")).toBe(`line 2: ${MASK}`);
    expect(mask("-----BEGIN PRIVATE KEY-----")).toBe("-----BEGIN PRIVATE KEY-----");
  });

  test.each([
    ["\\", "in JSON, ASCII only", "\u00a0secret"],
    ["'", "in SQL", "'secret"],
    ["%4", "in a URL", "é secret"],
    ["%41", "in a URL", "é secret"],
    ["&", "in HTML", "<secret>"],
  ])("is found behind %s, which could be the beginning of a sign, when it is spelled %s", (before, name, text) => {
    const spelled = SPELLINGS[name]?.(text) ?? "";
    expect(maskOf([text])(`${before}${spelled}`)).toBe(`${before}${MASK}`);
  });

  test("is found in front of a percent sign that begins no character", () => {
    expect(maskOf(["secret:"])(`secret%3A%A0`)).toBe(`${MASK}%A0`);
  });

  test("that overlaps another one leaves nothing of either", () => {
    expect(maskOf(["abcdef12", "f12ghijk"])("<abcdef12ghijk>")).toBe(`<${MASK}>`);
  });
});

test("without a secret in it, a value stays as it is", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(maskOf(["", "no such text anywhere"])(value)).toEqual(value);
    }),
  );
});

test("several secrets in several spellings are all hidden, and nothing of them is put together again", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(secret, spelling), { minLength: 1, maxLength: 5 }),
      fc.array(fc.string(), { minLength: 5 }),
      (secrets, rest) => {
        const text = secrets.map(([one, [, spell]], position) => `${rest[position]}${spell(one)}`).join("");
        const masked = maskOf(secrets.map(([one]) => one))(text);
        for (const [one, [, spell]] of secrets) expect(masked).not.toContain(spell(one));
      },
    ),
  );
});
