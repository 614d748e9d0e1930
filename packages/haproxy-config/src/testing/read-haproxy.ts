import type { Directive, HaproxyFile, Node } from "../model.ts";
import { sectionsOf } from "./grammar.ts";

/** What a reader of `haproxy.cfg` can know of its model: not why a directive is there, nor what nobody uses. */
interface ReadHaproxy extends Omit<HaproxyFile, "descriptions" | "directives" | "nodes"> {
  readonly descriptions: Omit<HaproxyFile["descriptions"], "primaryReads"> & { readonly primaryReads: string | undefined };
  readonly directives: readonly Omit<Directive, "why">[];
  readonly nodes: readonly (Omit<Node, "pooled"> & { readonly pooled: string | undefined })[];
}

/** What the template says in the global section beside the directives of the model. */
const FIXED = [
  "lua-load-per-thread",
  "server-state-file",
  "node",
  "description",
  "log",
  "maxconn",
  "stats",
  "ssl-default-bind-options",
  "ssl-default-server-options",
];

type Lines = readonly (readonly string[])[];

/** The word after another one, in the first line that has it. */
function after(lines: Lines, ...words: readonly string[]): string {
  const line = lines.find((candidate) => words.every((word) => candidate.includes(word))) ?? [];
  const word = line[line.indexOf(words.at(-1) ?? "") + 1];
  if (word === undefined) throw new SyntaxError(`nothing after ${words.join(" … ")}`);
  return word;
}

const milliseconds = (word: string) => Number(/^(\d+)ms$/.exec(word)?.[1]);
const matching = (lines: Lines, ...start: readonly string[]) => lines.filter((line) => start.every((word, at) => line[at] === word));

function readCertificate(lines: Lines, alias: string): { readonly certificate: string; readonly key: string } {
  const [line] = lines.filter((words) => words.at(-1) === alias).map((words) => [words]);
  return { certificate: after(line ?? [], "crt"), key: after(line ?? [], "key") };
}

/** `haproxy.cfg` back to its model, by HAProxy's grammar. Throws where something is missing. */
export function readHaproxy(text: string): ReadHaproxy {
  const sections = sectionsOf(text);
  const lines = (section: string): Lines => sections.get(section) ?? [];
  const [global, defaults, rw, stats] = ["global", "defaults", "frontend rw", "frontend stats"].map(lines) as [Lines, Lines, Lines, Lines];
  const port = (frontend: string) => Number(after(lines(`frontend ${frontend}`), "bind").slice(1));
  const description = (backend: string) => after(lines(`backend ${backend}`), "description");
  const pooled = new Map(matching(lines("backend rw_pooled"), "server").map(([, name = "", address]) => [name, address]));
  return {
    cluster: /^# HAProxy of the cluster (\S+),/.exec(text)?.[1] ?? "",
    member: after(global, "node"),
    descriptions: {
      process: after(global, "description"),
      primary: description("rw"),
      replicas: description("ro_replicas"),
      primaryReads: sections.has("backend ro_primary") ? description("ro_primary") : undefined,
      stale: description("ro_stale"),
    },
    socket: after(global, "stats", "socket"),
    stateFile: after(global, "server-state-file"),
    cancelScript: after(global, "lua-load-per-thread"),
    directives: global.filter(([keyword = ""]) => !FIXED.includes(keyword)).map(([keyword = "", ...words]) => ({ keyword, words })),
    limits: { process: Number(after(global, "maxconn")), port: Number(after(rw, "maxconn")), stats: Number(after(stats, "maxconn")) },
    ports: { rw: port("rw"), ro: port("ro"), stats: port("stats") },
    clients: {
      limited: matching(rw, "tcp-request", "connection", "reject", "unless", "from_client").length > 0,
      networks: matching(rw, "acl", "from_client", "src").map((words) => words[3] ?? ""),
    },
    poolers: matching(rw, "acl", "from_pooler", "src").map((words) => words[3] ?? ""),
    nodes: matching(lines("backend rw"), "server").map(([, name = "", database = "", ...words]) => ({
      name,
      host: after([words], "verifyhost"),
      database,
      pooled: pooled.get(name),
    })),
    idleHours: Number(/^(\d+)h$/.exec(after(defaults, "timeout", "client"))?.[1]),
    check: {
      port: Number(after(defaults, "default-server", "port")),
      interval: milliseconds(after(defaults, "default-server", "inter")),
      fastInterval: milliseconds(after(defaults, "default-server", "fastinter")),
      timeout: milliseconds(after(defaults, "timeout", "check")),
      fall: Number(after(defaults, "default-server", "fall")),
      rise: Number(after(defaults, "default-server", "rise")),
    },
    files: {
      authority: after(defaults, "default-server", "ca-file"),
      restClient: readCertificate(lines("crt-store certificates"), "rest-client"),
      stats: readCertificate(lines("crt-store certificates"), "stats"),
    },
    maxLagBytes: Number(/lag=(\d+)$/.exec(after(lines("backend ro_replicas"), "http-check", "uri"))?.[1]),
    primaryServesReads: sections.has("backend ro_primary"),
    userlist: /http_auth\((\w+)\)/.exec(text)?.[1] ?? "",
  };
}
