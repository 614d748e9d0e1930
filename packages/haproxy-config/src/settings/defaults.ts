import type { Member } from "@matriarch/topology";
import { usualThreads } from "../limits.ts";

interface DefaultDirective {
  readonly keyword: string;
  readonly words: (member: Member<"haproxy">) => readonly string[];
  /** Printed above the directive. */
  readonly why: string;
}

/** Directives of the global section that differ from HAProxy's own defaults, in their order; a topology may set them. */
export const DEFAULTS: readonly DefaultDirective[] = [
  {
    keyword: "nbthread",
    words: (member) => [String(usualThreads(member))],
    why: "By itself HAProxy counts the processors of the machine, not those that this member was given.",
  },
  {
    keyword: "hard-stop-after",
    words: () => ["60s"],
    why: "After a reload the old process keeps its sessions, but checks no server any more and would not cut them.",
  },
  // Mozilla's intermediate profile, less the finite-field groups. TLS 1.3 needs no list.
  {
    keyword: "ssl-default-bind-ciphers",
    words: () => ["ECDHE+AESGCM:ECDHE+CHACHA20"],
    why: "TLS 1.2 with forward secrecy and authenticated encryption only.",
  },
  { keyword: "ssl-default-server-ciphers", words: () => ["ECDHE+AESGCM:ECDHE+CHACHA20"], why: "The same towards Patroni." },
];
