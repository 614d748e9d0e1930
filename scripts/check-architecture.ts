// Holds the direction of the dependencies: what each package may use, in package.json, in imports and in tsconfig.json; which room
// of an app may use which; and that no files use each other in a circle.
import { readReferences, readWorkspaces } from "./architecture/read.ts";
import { findViolations } from "./architecture/rules.ts";

const workspaces = readWorkspaces();
const violations = findViolations(workspaces, readReferences("tsconfig.json"));

for (const violation of violations) console.error(violation);
console.log(`${workspaces.length} packages and apps, ${violations.length} violations of the direction`);
if (violations.length > 0 || workspaces.length === 0) process.exitCode = 1;
