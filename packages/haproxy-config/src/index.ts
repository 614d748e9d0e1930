export { HAPROXY_CODES, type HaproxyCode } from "./codes.ts";
export { haproxyPackage } from "./package.ts";
export { renderHaproxy, renderHaproxySecrets } from "./render.ts";
export { haproxyRules } from "./rules.ts";
