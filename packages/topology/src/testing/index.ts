export { type BrokenText, brokenText } from "./arbitrary/broken.ts";
export { writtenTwice } from "./arbitrary/reordered.ts";
export { anyTopology, validText, validTopology } from "./arbitrary/topology.ts";
export { EXAMPLE_NAMES, exampleSecrets, exampleText, exampleTextApart, exampleTopology, topologyOf } from "./examples.ts";
export { readYaml } from "./read-yaml.ts";
export { LONG_RUN, oneIn } from "./runs.ts";
export { anyText, HOSTILE_STRINGS, printableText } from "./texts.ts";
export { withoutTwins } from "./twins.ts";
