import { type Document, isMap, parseDocument } from "yaml";
import type { Files, Mutation } from "./mutant.ts";

/** Files with others in the place of some. */
function withFiles(files: Files, changed: Iterable<readonly [string, string]>): Files {
  return new Map([...files, ...changed]);
}

/** Every node's own configuration of Patroni. */
export const PATRONI = /^[^/]+\/patroni\.yml$/;

/** Changes every file whose path matches. Throws where none does, and where one stays as it was. */
export function edited(path: RegExp, change: (text: string) => string): Mutation {
  return (files) => {
    const found = [...files].filter(([name]) => path.test(name));
    if (found.length === 0) throw new Error(`the bundle has no file like ${path.source}`);
    return withFiles(
      files,
      found.map(([name, text]) => {
        const after = change(text);
        if (after === text) throw new Error(`${name} has nothing to break in this way`);
        return [name, after] as const;
      }),
    );
  };
}

/** Puts the content of another file into the place of one, wherever there are both; the path of the other is made of what the pattern catches. */
export function swappedIn(pattern: RegExp, source: string): Mutation {
  return (files) => {
    const swapped = [...files.keys()]
      .filter((name) => pattern.test(name))
      .flatMap((name) => {
        const text = files.get(name.replace(pattern, source));
        return text === undefined ? [] : [[name, text] as const];
      });
    if (swapped.length === 0) throw new Error(`the bundle has no file like ${pattern.source} with another to put in its place`);
    return withFiles(files, swapped);
  };
}

/** One mutation after the other. */
export function both(first: Mutation, second: Mutation): Mutation {
  return (files) => second(first(files));
}

/** Replaces text; the pattern has to match, or the file stays as it was. */
export function replacing(pattern: RegExp | string, by: string): (text: string) => string {
  return (text) => (typeof pattern === "string" ? text.replaceAll(pattern, by) : text.replace(pattern, by));
}

/** Takes away every line that matches. */
export function without(line: RegExp): (text: string) => string {
  return (text) =>
    text
      .split("\n")
      .filter((candidate) => !line.test(candidate))
      .join("\n");
}

/** Changes one section of haproxy.cfg: from its head to the next line that is not indented. */
export function inSection(head: string, change: (section: string) => string): (text: string) => string {
  return (text) => {
    const start = text.indexOf(`\n${head}\n`) + 1;
    if (start === 0) return text;
    const rest = text.slice(start + head.length + 1);
    const length = rest.search(/^\S/m);
    const end = length === -1 ? text.length : start + head.length + 1 + length;
    return text.slice(0, start) + change(text.slice(start, end)) + text.slice(end);
  };
}

/** Exchanges the addresses of the first two servers of a section. */
export function exchangeAddresses(section: string): string {
  const servers = [...section.matchAll(/^ {2}server \S+ (\S+)/gm)].map(([, address]) => address ?? "");
  const [first, second] = servers;
  if (first === undefined || second === undefined) return section;
  const other = new Map([
    [first, second],
    [second, first],
  ]);
  return section.replaceAll(/^( {2}server \S+ )(\S+)/gm, (_, head: string, address: string) => head + (other.get(address) ?? address));
}

/** Changes the services of compose.yaml that have a role. */
export function composed(role: string, change: (document: Document, service: string) => void): Mutation {
  return edited(/^compose\.yaml$/, (text) => {
    const document = parseDocument(text);
    const services = document.get("services");
    if (!isMap(services)) return text;
    for (const { key } of services.items) {
      const name = String(key);
      if (document.getIn(["services", name, "labels", "matriarch.role"]) === role) change(document, name);
    }
    return document.toString({ lineWidth: 0, defaultStringType: "QUOTE_DOUBLE" });
  });
}
