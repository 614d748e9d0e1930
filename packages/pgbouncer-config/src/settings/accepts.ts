import type { Accepts } from "@matriarch/topology";

/** A C int, and one without a sign: what is larger wraps around. */
const LARGEST = 2 ** 31 - 1;
const LARGEST_UNSIGNED = 2 ** 32 - 1;

/** Times are kept as microseconds in 64 bits. */
const LONGEST_SECONDS = 18_446_744_073_709;

/** The longest message of a login: the client's last one in SCRAM. What cannot hold it lets nobody in. */
const LOGIN_BYTES = 112;

export const TEXT: Accepts = { type: "text" };
export const SWITCH: Accepts = { type: "switch" };
export const INTEGER: Accepts = { type: "integer", min: 0, max: LARGEST };
export const SECONDS: Accepts = { type: "real", min: 0, max: LONGEST_SECONDS, unit: "seconds" };
/** Linux refuses more on a socket (TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT); 0 leaves its own. */
export const KEEPALIVE_SECONDS: Accepts = { type: "integer", min: 0, max: 32_767, unit: "seconds" };
export const KEEPALIVE_COUNT: Accepts = { type: "integer", min: 0, max: 127 };
/** Buffers are allocated some dozens at a time: from 128 MiB on the first client crashes it. */
export const BUFFER: Accepts = { type: "integer", min: LOGIN_BYTES, max: 2 ** 26, unit: "bytes" };
export const PACKET: Accepts = { type: "integer", min: LOGIN_BYTES, max: LARGEST_UNSIGNED, unit: "bytes" };
export const CIPHERS: Accepts = { type: "text", form: "a list of cipher suites that OpenSSL knows" };
/** Others are taken by PgBouncer as well, and then no client gets in: libpq offers only these. */
export const CURVE: Accepts = { type: "text", form: "auto, none, prime256v1, secp384r1 or secp521r1" };
export const DH_PARAMETERS: Accepts = { type: "text", form: "auto or none" };
