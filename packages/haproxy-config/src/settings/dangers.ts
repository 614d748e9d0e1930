import { cipherSuites, type Danger } from "@matriarch/topology";

/** Suites without encryption, or without a proof of who is at the other end. */
const WORTHLESS = /NULL|^ADH-|^AECDH-/;

export const WORTHLESS_SUITE: Danger = {
  when: (value, { platform }) => cipherSuites(String(value), platform.id).some((suite) => WORTHLESS.test(suite)),
  because: "the list has suites without encryption or without authentication, and a peer may choose one of them",
  instead: "Add `:!aNULL:!eNULL`, or leave it out.",
};

export const ONLY_INTEGRITY: Danger = {
  when: (value) => /TLS_SHA(?:256|384)_/.test(String(value)),
  because: "such a suite encrypts nothing, and the password of the statistics is sent over it",
  instead: "Leave it out: OpenSSL's own list has three suites that encrypt.",
};

export const NOT_OUR_KEY: Danger = {
  when: (value) => !/ecdsa_secp256r1_sha256|ECDSA\+SHA/i.test(String(value)),
  because: "certificates that Matriarch issues have P-256 keys, and none of these algorithms signs with one: the statistics answer nobody",
  instead: "Add ecdsa_secp256r1_sha256, or leave it out.",
};

export const WEAK_KEYS: Danger = {
  when: (value) => Number(value) === 0,
  because: "it admits keys and suites that can be broken",
  instead: "Leave it out.",
};

export const LARGE_BUFFERS: Danger = {
  when: (value) => Number(value) > 2 ** 20,
  because: "each session may hold two buffers of this size, and the memory of the balancer is computed with the default",
  instead: "Leave it out: the default is 16384, and larger packets pass through it in pieces.",
};

export const LARGE_CACHE: Danger = {
  when: (value) => Number(value) > 1_000_000,
  because: "each entry takes some 200 bytes, allocated at the start",
  instead: "Leave it out: only the statistics speak TLS here.",
};

export const NEVER_STOPS: Danger = {
  when: (value) => /^0+[a-z]*$/.test(String(value)),
  because: "a process that a reload replaced ends with its last session, and until then no server's failure cuts one of them",
  instead: "Leave it out: the default is a minute.",
};
