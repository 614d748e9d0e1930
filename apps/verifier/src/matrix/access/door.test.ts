import { describe, expect, test } from "vitest";
import type { Answer, Door } from "./door.ts";
import { together, tryDoors } from "./door.ts";

function door(answer: Answer, { control = null, refusals = ["28000"] }: { control?: Answer; refusals?: readonly string[] } = {}): Door {
  const attempt = { who: "a stranger", refusals, attempt: async () => answer };
  return { where: "the door", control: async () => control, attempts: [attempt] };
}

describe("a door", () => {
  test("that refuses by the code it should, and opens for the control, is shut", async () => {
    expect(await tryDoors([door("28000"), door("28000")])).toEqual({ wrong: [], evidence: { attempts: 2, controls: 2 } });
  });

  test("that opens is a finding", async () => {
    expect((await tryDoors([door(null)])).wrong).toEqual(["a stranger gets in at the door"]);
  });

  test("that opens is a finding although the control is refused", async () => {
    expect((await tryDoors([door(null, { control: "28P01" })])).wrong).toEqual([
      "a stranger gets in at the door",
      "the control is answered 28P01 at the door",
    ]);
  });

  test.each(["28P01", "42501", "404", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"])(
    "that refuses for another reason, %s, is a finding",
    async (code) => {
      const [wrong] = (await tryDoors([door(code)])).wrong;
      expect(wrong).toMatch(/^a stranger is answered .+, not 28000, at the door$/);
    },
  );

  test.each(["ECONNREFUSED", "ECONNRESET", "EPIPE", "57P03", "57P01", "Error: timeout expired"])(
    "that answers %s has refused nobody: nothing is known",
    async (code) => {
      await expect(tryDoors([door(code)])).rejects.toThrow(`a stranger is answered ${code}, not 28000, at the door`);
    },
  );

  test("whose control is refused shows nothing", async () => {
    await expect(tryDoors([door("28000", { control: "28000" })])).rejects.toThrow("the control is answered 28000 at the door");
  });

  test.each(["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "ERR_SSL_SSLV3_ALERT_UNKNOWN_CA", "ERR_SSL_SSL/TLS_ALERT_UNKNOWN_CA"])(
    "may refuse with %s: an alert is the same in every spelling",
    async (code) => {
      expect((await tryDoors([door(code, { refusals: ["alert UNKNOWN_CA"] })])).wrong).toEqual([]);
    },
  );

  test("that nobody tries is no claim", async () => {
    await expect(tryDoors([])).rejects.toThrow("there is nothing to try");
  });
});

test("looks are added up", () => {
  const one = { wrong: ["a"], evidence: { doors: 1, keys: 2 } };
  expect(together([one, { wrong: ["b"], evidence: { doors: 3 } }])).toEqual({ wrong: ["a", "b"], evidence: { doors: 4, keys: 2 } });
});
