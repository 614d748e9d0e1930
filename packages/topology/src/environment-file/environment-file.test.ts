import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText, HOSTILE_STRINGS, printableText } from "../testing/index.ts";
import { decodeUtf8 } from "../text/decode.ts";
import { MAX_TEXT_LENGTH } from "../text/limits.ts";
import { completeEnvironment, type EnvironmentVariable, formatEnvironment, parseEnvironment, quoteValue } from "./index.ts";

/** The `.json` files hold what docker compose 2.26 read from the `.env` files: `docker compose config`, one label for each variable. */
function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/environment-file/${name}`, import.meta.url), "utf8");
}

function valuesOf(text: string): Readonly<Record<string, string>> {
  const { values, diagnostics } = parseEnvironment(text, ".env");
  expect(diagnostics).toEqual([]);
  return values;
}

function complaints(text: string): string[] {
  return parseEnvironment(text, ".env").diagnostics.map(
    ({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`,
  );
}

const variableName = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/);
const variables: fc.Arbitrary<EnvironmentVariable[]> = fc.uniqueArray(fc.record({ variable: variableName, value: printableText }), {
  selector: ({ variable }) => variable,
  maxLength: 8,
});

describe("writing", () => {
  const hostile = formatEnvironment([
    {
      title: "Values that broke some writer or reader once.",
      variables: HOSTILE_STRINGS.map((value, index) => ({ variable: `HOSTILE_${index + 1}`, value })),
    },
  ]);

  test("hostile values gives the file that docker compose was given", async () => {
    await expect(hostile).toMatchFileSnapshot("../../fixtures/environment-file/hostile.env");
  });

  test("is what docker compose reads back", () => {
    expect(JSON.parse(fixture("hostile.json"))).toEqual(HOSTILE_STRINGS);
  });

  test("is what we read back", () => {
    expect(Object.values(valuesOf(hostile))).toEqual(HOSTILE_STRINGS);
    fc.assert(
      fc.property(variables, (list) => {
        const text = formatEnvironment([{ title: "Any", variables: list }]);
        expect(valuesOf(text)).toEqual(Object.fromEntries(list.map(({ variable, value }) => [variable, value])));
      }),
    );
  });

  test("leaves values bare where nothing can be mistaken", () => {
    expect(["", "5432", "patroni-cluster", "true", "a/b@c:1%"].map(quoteValue)).toEqual([
      "",
      "5432",
      "patroni-cluster",
      "true",
      "a/b@c:1%",
    ]);
  });

  test("takes single quotes first, double quotes where those are not literal", () => {
    expect(["a b", 'a"b$c\\d', "it's", "ends\\"].map(quoteValue)).toEqual(["'a b'", "'a\"b$c\\d'", '"it\'s"', '"ends\\\\"']);
  });

  test.each(["a\nb", "a\u0000", "\u007F", "\u0085", "\u2028", "\uFEFF", "\uD800"])("%j is refused", (value) => {
    expect(() => quoteValue(value)).toThrow(RangeError);
  });

  test("puts comments above variables, sections apart, and refuses what is no name", () => {
    const text = formatEnvironment([
      { title: "Ports", variables: [{ variable: "A", value: "1", comment: "Port of a." }] },
      { title: "Nothing", variables: [] },
      { title: "Passwords", variables: [{ variable: "B", value: "" }] },
    ]);
    expect(text).toBe("# Ports\n\n# Port of a.\nA=1\n\n# Passwords\n\nB=\n");
    expect(() => formatEnvironment([{ title: "x", variables: [{ variable: "a-b", value: "" }] }])).toThrow("a-b");
    expect(() => formatEnvironment([{ title: "two\nlines", variables: [{ variable: "A", value: "" }] }])).toThrow(RangeError);
  });
});

describe("reading", () => {
  test("takes every spelling as docker compose does", () => {
    expect(valuesOf(fixture("spellings.env"))).toEqual(JSON.parse(fixture("spellings.json")));
  });

  test("does not mind a byte order mark", () => {
    expect(valuesOf("\uFEFFA=1\n")).toEqual({ A: "1" });
  });

  test.each([
    ["A=a$b", "environment-expansion"],
    ["A=a$$b", "environment-expansion"],
    ['A="${B}"', "environment-expansion"],
    ['A="a\\\\$b"', "environment-expansion"],
    ["A= # comment", "environment-syntax"],
    ["A=#secret", "environment-syntax"],
    ["A='secret", "environment-syntax"],
    ["A='secret\\'", "environment-syntax"],
    ['A="secret', "environment-syntax"],
    ["A='secret'B=1", "environment-syntax"],
    ['A="secret" secret', "environment-syntax"],
    ["A=\u00A0secret", "environment-syntax"],
    ["A: secret", "environment-syntax"],
    ["A", "environment-syntax"],
    ["=secret", "environment-syntax"],
    ["1A=secret", "environment-syntax"],
    ["A B=secret", "environment-syntax"],
    ["A.B=secret", "environment-syntax"],
    ["export", "environment-syntax"],
    ["export =secret", "environment-syntax"],
    ['A="secret\\n"', "environment-control-character"],
    ["A=sec\tret", "environment-control-character"],
    ["A=sec\u0000ret", "environment-control-character"],
    ["A=sec\rret", "environment-control-character"],
    ["A='sec\u2028ret'", "environment-control-character"],
  ])("%j is refused, without a word of the value", (line, code) => {
    const { values, diagnostics } = parseEnvironment(`B=2\n${line}\n`, ".env");
    expect(diagnostics).toMatchObject([{ code, severity: "error", file: ".env", line: 2 }]);
    expect(JSON.stringify(diagnostics)).not.toContain("secret");
    expect(values).toEqual({ B: "2" });
  });

  test("tells of everything at once, with line and column", () => {
    expect(complaints("A='open\n\nB=$x\nnonsense\nC=1\nC=2\n")).toEqual([
      ".env:1:3 environment-syntax The variable A: the single quote is not closed on this line.",
      ".env:3:3 environment-expansion The variable B: the value holds a `$`, which docker compose would expand.",
      ".env:4:1 environment-syntax Line 4: this is neither `NAME=value` nor a comment.",
      ".env:6:1 environment-duplicate The variable C: this variable has a value already, further up.",
    ]);
  });

  test("refuses bytes that are no UTF-8, in values and comments, with line and column and without the value", () => {
    const latin1 = Buffer.from("A=1\nROLE_APP_PASSWORD='s\u00E9same'\n# d\u00E9j\u00E0 vu\nB=\u00FF\u00FE\n", "latin1");
    const { values, diagnostics } = parseEnvironment(decodeUtf8(latin1), ".env");
    expect(diagnostics.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
      "2:21 wrong-encoding",
      "3:4 wrong-encoding",
      "4:3 wrong-encoding",
    ]);
    expect(JSON.stringify(diagnostics)).not.toMatch(/s.{0,6}same/u);
    expect(values).toEqual({ A: "1" });
  });

  test.each([
    ["A=1\r\nB=2\r", "2:4"],
    ["A=1\r\nB=\r", "2:3"],
    ["A=1\r\n\r", "2:1"],
    ["A=1\r\n# comment\r", "2:10"],
    ["A=1\r\r\nB=2\r\n", "1:4"],
  ])("refuses a carriage return that no line feed follows: %j", (text, place) => {
    const found = parseEnvironment(text, ".env").diagnostics.map(({ code, line, column }) => `${line}:${column} ${code}`);
    expect(found).toEqual([`${place} environment-control-character`]);
  });

  test("reads no file without end", () => {
    expect(complaints(`A=1\n${"#".repeat(MAX_TEXT_LENGTH)}`)).toEqual([
      ".env:1:1 too-large Line 1: the file is larger than 1 MiB, so it was not read.",
    ]);
  });

  test("never throws", () => {
    fc.assert(fc.property(anyText, (text) => parseEnvironment(text, ".env").diagnostics.length >= 0));
  });
});

describe("completing", () => {
  const wanted = [
    { variable: "A", value: "new a", comment: "What A opens." },
    { variable: "B", value: "new b" },
    { variable: "C", value: "new c" },
  ];

  test("fills blanks in place, adds what is missing, and keeps the rest to the byte", () => {
    const text = "# mine\n  export A =\n\nB=' kept '# why\nX=1";
    const completed = completeEnvironment(text, wanted, ".env");
    expect(completed.text).toBe("# mine\n  export A ='new a'\n\nB=' kept '# why\nX=1\nC='new c'\n");
    expect(completed.filled).toEqual(["A", "C"]);
  });

  test("starts an empty file, with a comment above each variable", () => {
    expect(completeEnvironment("", wanted.slice(0, 2), ".env").text).toBe("# What A opens.\nA='new a'\nB='new b'\n");
  });

  test("takes empty quotes for a blank and keeps line ends of Windows", () => {
    expect(completeEnvironment("A=''\r\nB=\"\"\r\n", wanted, ".env").text).toBe("A='new a'\r\nB='new b'\r\nC='new c'\r\n");
  });

  test("leaves blank what is wanted blank", () => {
    expect(
      completeEnvironment(
        "A=\n",
        [
          { variable: "A", value: "" },
          { variable: "B", value: "" },
        ],
        ".env",
      ),
    ).toMatchObject({ text: "A=\nB=\n", filled: [] });
  });

  test("does not touch a file with errors", () => {
    const completed = completeEnvironment("A=\nnonsense\n", wanted, ".env");
    expect(completed).toMatchObject({ text: "A=\nnonsense\n", filled: [], diagnostics: [{ line: 2 }] });
  });

  const line = fc.oneof(
    fc.constantFrom("", "# comment", "  # 'x", "BLANK=", "  export BLANK_2 = "),
    fc.tuple(variableName, printableText).map(([variable, value]) => `${variable}=${quoteValue(value)}`),
  );
  const file = fc
    .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), fc.constantFrom("", "\n", "\r\n", "\r", "\r\r\n", "\n\r"))
    .map(([lines, end, last]) => lines.join(end) + last);

  test("gives every wanted variable a value, overwrites none, and a second time changes nothing", () => {
    fc.assert(
      fc.property(file, variables, (text, list) => {
        const before = parseEnvironment(text, ".env");
        const completed = completeEnvironment(text, [...list, { variable: "BLANK", value: "x y" }], ".env");
        if (before.diagnostics.length > 0) {
          expect(completed.text).toBe(text);
          return;
        }
        const after = valuesOf(completed.text);
        for (const [variable, value] of Object.entries(before.values)) if (value !== "") expect(after[variable]).toBe(value);
        for (const { variable, value } of list) if ((before.values[variable] ?? "") === "") expect(after[variable]).toBe(value);
        expect(after["BLANK"]).toBe("x y");
        expect(completeEnvironment(completed.text, list, ".env").text).toBe(completed.text);
      }),
    );
  });

  test("keeps every line that held a value or a comment", () => {
    fc.assert(
      fc.property(file, variables, (text, list) => {
        const lines = completeEnvironment(text, list, ".env").text.split("\n");
        for (const [index, kept] of text.split("\n").entries()) {
          if (!/=\s*$/.test(kept) && index < text.split("\n").length - 1) expect(lines[index]).toBe(kept);
        }
      }),
    );
  });
});
