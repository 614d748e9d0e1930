import type { FreeSetting, Member } from "@matriarch/topology";
import { usualThreads } from "../limits.ts";
import { between, CIPHERS, DELAY } from "./accepts.ts";
import { NEVER_STOPS, WORTHLESS_SUITE } from "./dangers.ts";

/** What a directive's words are computed from. */
export interface HaproxyFacts {
  readonly member: Member<"haproxy">;
}

/** Directives of the global section that differ from HAProxy's own defaults, in their order; a topology may set them. */
export const DEFAULTS: readonly (FreeSetting<HaproxyFacts, readonly string[]> & { readonly why: string })[] = [
  {
    key: "nbthread",
    accepts: between(1, 256),
    takesEffect: "reload",
    value: ({ member }) => [String(usualThreads(member))],
    why: "By itself HAProxy counts the processors of the machine, not those that this member was given.",
  },
  {
    key: "hard-stop-after",
    accepts: DELAY,
    takesEffect: "reload",
    value: () => ["60s"],
    why: "After a reload the old process keeps its sessions, but checks no server any more and would not cut them.",
    dangers: [NEVER_STOPS],
  },
  // Mozilla's intermediate profile, less the finite-field groups. TLS 1.3 needs no list.
  {
    key: "ssl-default-bind-ciphers",
    accepts: CIPHERS,
    takesEffect: "reload",
    value: () => ["ECDHE+AESGCM:ECDHE+CHACHA20"],
    why: "TLS 1.2 with forward secrecy and authenticated encryption only.",
    dangers: [WORTHLESS_SUITE],
  },
  {
    key: "ssl-default-server-ciphers",
    accepts: CIPHERS,
    takesEffect: "reload",
    value: () => ["ECDHE+AESGCM:ECDHE+CHACHA20"],
    why: "The same towards Patroni.",
    dangers: [WORTHLESS_SUITE],
  },
];
