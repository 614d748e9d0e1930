export { PATRONI_CODES, type PatroniCode } from "./codes.ts";
export { patroniPackage } from "./package.ts";
export { renderPatroni, renderPatroniSecrets } from "./render.ts";
export { patroniRules } from "./rules/index.ts";
