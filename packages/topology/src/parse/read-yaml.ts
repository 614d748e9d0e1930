import { type Document, isScalar, LineCounter, parseDocument, visit, type YAMLError, type YAMLMap } from "yaml";
import type { TopologyCode } from "../codes.ts";
import type { Diagnostic, Finding } from "../diagnostic.ts";
import { findStrayByte } from "../text/decode.ts";
import { MAX_TEXT_LENGTH, NOT_UTF8, type TextComplaint, TOO_LARGE } from "../text/limits.ts";

export interface YamlSource {
  readonly document: Document.Parsed | undefined;
  readonly lineCounter: LineCounter;
  /** The value of the document; `undefined` when the text is not good enough to be judged further. */
  readonly data: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

type SyntaxFinding = Finding<TopologyCode> & { readonly offset: number };

const SYNTAX_HINT = "Mend the syntax: indent with spaces, and quote text that holds a colon followed by a space, or a hash.";

/** What the parser's own words do not tell a reader. */
const IN_OTHER_WORDS: readonly { readonly said: RegExp; readonly complaint: string; readonly hint: string }[] = [
  {
    said: /end with a \]/u,
    complaint: "a `[` above is not closed",
    hint: "Close it with `]`: a list on one line is `[etcd, postgresql]`.",
  },
  {
    said: /end with a \}/u,
    complaint: "a `{` above is not closed",
    hint: "Close it with `}`: a mapping on one line is `{ mode: quorum }`.",
  },
  {
    said: /^Implicit keys need to be on a single line/u,
    complaint: "a line is no key with its value",
    hint: "A space follows the colon of a key: `cluster: first`. Text over several lines needs quotes.",
  },
];

function syntaxFinding(offset: number, complaint: string, severity: "error" | "warning" = "error"): SyntaxFinding {
  const other = IN_OTHER_WORDS.find(({ said }) => said.test(complaint));
  const message = `Not plain YAML: ${other?.complaint ?? complaint}.`;
  return { code: "yaml-syntax", severity, path: [], message, hint: other?.hint ?? SYNTAX_HINT, offset };
}

function duplicateKey(text: string, offset: number): SyntaxFinding {
  const key = /^["']?([^\s:,"'}\]]*)/.exec(text.slice(offset, offset + 200))?.[1] ?? "";
  return {
    code: "duplicate-key",
    severity: "error",
    path: [],
    message: `The key "${key}" stands twice in the same mapping.`,
    hint: "Keep one of the two; names of nodes, databases and roles are unique.",
    offset,
  };
}

/** Keys that stand further up in the same mapping already. The library looks for them too, in a time that grows with the square. */
function repeatedKeys(text: string, { items }: YAMLMap): SyntaxFinding[] {
  const seen = new Set<unknown>();
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    if (seen.has(key.value)) return [duplicateKey(text, key.range?.[0] ?? 0)];
    seen.add(key.value);
    return [];
  });
}

/** What would not survive on the way to plain data: repeated keys, aliases that lead nowhere, and keys that no mapping can have. */
function findingsOfNodes(text: string, document: Document.Parsed): SyntaxFinding[] {
  const findings: SyntaxFinding[] = [];
  visit(document, {
    Map(_, map) {
      findings.push(...repeatedKeys(text, map));
    },
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      findings.push(syntaxFinding(alias.range?.[0] ?? 0, `no anchor "&${alias.source}" stands before the alias "*${alias.source}"`));
    },
    Pair(_, { key }) {
      if (isScalar(key) && key.value === "__proto__") {
        const offset = key.range?.[0] ?? 0;
        findings.push({
          code: "unknown-key",
          severity: "error",
          path: [],
          message: 'Unknown key "__proto__".',
          hint: "Choose another name.",
          offset,
        });
      } else if (!isScalar(key)) {
        const range = typeof key === "object" && key !== null && "range" in key && Array.isArray(key.range) ? key.range : [];
        findings.push(syntaxFinding(Number(range[0] ?? 0), "a key must be plain text, not a list, a mapping or an alias"));
      }
    },
  });
  return findings;
}

function findingsOfErrors(errors: readonly YAMLError[]): SyntaxFinding[] {
  return errors.map(({ code, message, pos: [offset] }) =>
    syntaxFinding(offset, code === "MULTIPLE_DOCS" ? "the file holds more than one document" : message),
  );
}

function textFinding({ code, message, hint }: TextComplaint, offset: number): SyntaxFinding {
  return { code, severity: "error", path: [], message: `${message[0]?.toUpperCase()}${message.slice(1)}`, hint, offset };
}

/** What is wrong with the text as such, at its first place: such a text is not read any further. */
function findingOfText(text: string): SyntaxFinding | undefined {
  if (text.length > MAX_TEXT_LENGTH) return textFinding(TOO_LARGE, 0);
  const stray = findStrayByte(text);
  return stray < 0 ? undefined : textFinding(NOT_UTF8, stray);
}

function countLines(text: string, lineCounter: LineCounter): void {
  lineCounter.addNewLine(0);
  for (const { index } of text.matchAll(/\n/gu)) lineCounter.addNewLine(index + 1);
}

/**
 * Reads YAML into plain data; never throws. Repeated keys do not hide what else is wrong: the data is there to be
 * judged, and the diagnostics hold an error.
 */
export function readYaml(text: string, file: string): YamlSource {
  const lineCounter = new LineCounter();
  const diagnosed = (findings: readonly SyntaxFinding[]) =>
    findings.map(({ offset, ...finding }): Diagnostic => {
      const { line, col } = lineCounter.linePos(offset);
      return { ...finding, file, line: Math.max(line, 1), column: Math.max(col, 1) };
    });
  const unread = findingOfText(text);
  if (unread !== undefined) {
    countLines(text, lineCounter);
    return { document: undefined, lineCounter, data: undefined, diagnostics: diagnosed([unread]) };
  }
  try {
    const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false });
    const findings = [
      ...findingsOfErrors(document.errors),
      ...document.warnings.map((warning) => syntaxFinding(warning.pos[0], warning.message, "warning")),
      ...findingsOfNodes(text, document),
    ];
    const readable = findings.every(({ code, severity }) => code !== "yaml-syntax" || severity === "warning");
    return { document, lineCounter, data: readable ? (document.toJS() as unknown) : undefined, diagnostics: diagnosed(findings) };
  } catch (error) {
    const complaint = complaintOf(error);
    if (complaint === undefined) throw error;
    return { document: undefined, lineCounter, data: undefined, diagnostics: diagnosed([syntaxFinding(0, complaint)]) };
  }
}

/** The library throws on two kinds of text: aliases that multiply, and nesting beyond the stack. */
function complaintOf(error: unknown): string | undefined {
  if (error instanceof ReferenceError) return "its aliases multiply beyond reason";
  if (error instanceof RangeError) return "it is nested too deeply";
  return undefined;
}
