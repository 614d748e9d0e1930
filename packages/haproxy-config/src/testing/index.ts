export { linesOf } from "./grammar.ts";
export { readHaproxy } from "./read-haproxy.ts";
