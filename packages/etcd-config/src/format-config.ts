import { stringifyYaml } from "@matriarch/topology";
import type { EtcdConfig } from "./model.ts";

const HEADER = "# Rendered by Matriarch from the topology: change that, not this.\n";

/** The text of `etcd.yaml`, with the reason above what surprises. etcd reads it with go-yaml; it ignores keys that it does not know. */
export function formatConfig(config: EtcdConfig): string {
  const reasons = config.flatMap(({ key, why }) => (why === undefined ? [] : [{ path: [key], text: why }]));
  return HEADER + stringifyYaml(Object.fromEntries(config.map(({ key, value }) => [key, value])), reasons);
}
