export { renderPatroni, renderPatroniSecrets } from "./render.ts";
export { PATRONI_CODES } from "./rules/finding.ts";
export { patroniRules } from "./rules/index.ts";
