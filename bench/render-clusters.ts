// Renders as many clusters as the argument says, one after the other; prints how long it took and how much memory.
import { renderText } from "./in-process.ts";
import { clusterText } from "./topologies.ts";

const count = Number(process.argv[2]);
const start = performance.now();
let files = 0;
for (let index = 0; index < count; index += 1) files += renderText(clusterText(index)).length;
if (files < count * 8) throw new Error(`${files} files for ${count} clusters`);

const milliseconds = performance.now() - start;
// Microseconds, and on Linux KiB; of the whole process, its start included.
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ milliseconds, processorMilliseconds: (userCPUTime + systemCPUTime) / 1000, peakMib: maxRSS / 1024 }));
