import { describe, expect, test } from "vitest";
import { outcomeOfCommit, outcomeOfError } from "./outcome.ts";

describe("an error", () => {
  test.each(["unsent", "connect", "begin", "read", "write"] as const)("at %s says that nothing happened, whatever it is", (where) => {
    for (const sqlstate of [null, "57P01", "08006", "08P01", "28P01", "53300", "25006"])
      expect(outcomeOfError(where, sqlstate)).toBe("fail");
  });

  test.each(["40001", "40P01", "23505", "23514"])("%s at COMMIT says that nothing was committed", (sqlstate) => {
    expect(outcomeOfError("commit", sqlstate)).toBe("fail");
  });

  test.each([null, "57P01", "57P02", "08006", "08P01", "58000", "XX000"])("%s at COMMIT says nothing", (sqlstate) => {
    expect(outcomeOfError("commit", sqlstate)).toBe("info");
  });
});

describe("an answer to COMMIT", () => {
  test("acknowledges", () => expect(outcomeOfCommit("COMMIT", [])).toBe("ok"));
  test("with the tag ROLLBACK says that nothing was committed", () => expect(outcomeOfCommit("ROLLBACK", [])).toBe("fail"));
  test("after a cancelled wait for the standby promises nothing", () => expect(outcomeOfCommit("COMMIT", ["01000"])).toBe("info"));
  test("is not doubted for another warning", () => expect(outcomeOfCommit("COMMIT", ["01007"])).toBe("ok"));
});
