import { beforeEach } from "vitest";
import { liveCluster } from "./live-cluster.ts";
import { plight } from "../cluster/plight.ts";

// A failure of the live suite is often seen once, on a machine that is gone by then: the first one of each file tells what
// the members said.
const cluster = await liveCluster();
let told = false;

beforeEach(({ onTestFailed }) => {
  onTestFailed(async () => {
    if (told) return;
    told = true;
    console.error(await plight(cluster));
  });
});
