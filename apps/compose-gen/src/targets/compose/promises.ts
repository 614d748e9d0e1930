import { outlookOf, type RenderedFile, type Topology } from "@matriarch/topology";

/** What the cluster promises and what is predicted for it, for operators' tools and for whoever measures it. */
export function renderPromises(topology: Topology): RenderedFile {
  const { scope } = topology;
  return { path: "promises.json", content: `${JSON.stringify({ scope, ...outlookOf(topology) }, null, 2)}\n`, mode: 0o444 };
}
