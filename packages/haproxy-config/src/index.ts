export { renderHaproxy, renderHaproxySecrets } from "./render.ts";
export { HAPROXY_CODES, haproxyRules } from "./rules.ts";
