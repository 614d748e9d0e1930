import type { Code, Heading, List, Paragraph, PhrasingContent } from "mdast";

export function text(value: string): PhrasingContent {
  return { type: "text", value };
}

export function strong(value: string): PhrasingContent {
  return { type: "strong", children: [text(value)] };
}

export function heading(depth: Heading["depth"], value: string): Heading {
  return { type: "heading", depth, children: [text(value)] };
}

export function paragraph(...parts: readonly (string | PhrasingContent)[]): Paragraph {
  return { type: "paragraph", children: parts.map((part) => (typeof part === "string" ? text(part) : part)) };
}

export function list(items: readonly Paragraph[]): List {
  return {
    type: "list",
    ordered: false,
    spread: false,
    children: items.map((item) => ({ type: "listItem", spread: false, children: [item] })),
  };
}

export function code(value: string, lang = "text"): Code {
  return { type: "code", lang, value };
}
