export { type CompletedEnvironment, completeEnvironment } from "./complete.ts";
export { ENVIRONMENT_CODES, type EnvironmentCode } from "./complaint.ts";
export { type EnvironmentSection, type EnvironmentVariable, formatEnvironment } from "./format.ts";
export { type ParsedEnvironment, parseEnvironment } from "./parse.ts";
export { quoteValue } from "./value.ts";
