// Renders as many clusters as the argument says, one after the other; prints how long it took and how much memory.
import { renderText } from "./in-process.ts";
import { clusterText } from "./topologies.ts";

const count = Number(process.argv[2]);
const start = performance.now();
let files = 0;
for (let index = 0; index < count; index += 1) files += renderText(clusterText(index)).length;
if (files < count * 8) throw new Error(`${files} files for ${count} clusters`);

// Linux counts in KiB.
console.log(JSON.stringify({ milliseconds: performance.now() - start, peakMib: process.resourceUsage().maxRSS / 1024 }));
