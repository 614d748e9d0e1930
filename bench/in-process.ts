import { Bench } from "tinybench";
import { signer } from "../apps/compose-gen/src/io/signer.ts";
import { type BundleInputs, makeBundle, readTopology } from "../apps/compose-gen/src/pipeline.ts";
import { renderComposeBundle } from "../apps/compose-gen/src/targets/compose/render.ts";
import { type Measurement, measurementOf } from "./measurement.ts";
import { largeText, referenceText } from "./topologies.ts";

const BLANK = { text: "", file: ".env" };

function read(text: string) {
  return readTopology({ text, file: "topology.yaml" }, BLANK, "fill");
}

/** Text to every rendered file, and nothing that holds chance. */
export function renderText(text: string) {
  const { topology } = read(text);
  if (topology === undefined) throw new Error("not a topology");
  return renderComposeBundle(topology, "bench");
}

function makeEverything(text: string): void {
  const inputs: BundleInputs = {
    environment: BLANK,
    pki: new Map(),
    renewal: "none",
    now: Date.now(),
    signer,
    generatePassword: () => "of no length worth measuring",
    version: "bench",
  };
  if (makeBundle(read(text), inputs).bundle === undefined) throw new Error("no bundle");
}

const reference = referenceText();
const large = largeText();

const TASKS = [
  { name: "reference bundle, no certificates", target: 15, run: () => renderText(reference) },
  { name: "reference bundle, all certificates", target: 200, run: () => makeEverything(reference) },
  { name: "topology of 500 nodes, checked", target: 1000, run: () => read(large) },
];

/** What takes milliseconds in a warm process. */
export async function measureInProcess(): Promise<Measurement[]> {
  const bench = new Bench({ time: 2000, iterations: 20, warmupTime: 1000, warmupIterations: 10, retainSamples: true, throws: true });
  for (const { name, run } of TASKS)
    bench.add(name, () => {
      run();
    });
  const tasks = await bench.run();
  return TASKS.map(({ name, target }) => {
    const result = tasks.find((task) => task.name === name)?.result;
    if (result === undefined || !("latency" in result)) throw new Error(`${name}: not measured`);
    return measurementOf(name, "ms", result.latency.samples ?? [], target);
  });
}
