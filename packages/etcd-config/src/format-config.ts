import { stringifyYaml } from "@matriarch/topology";
import type { EtcdConfig } from "./model.ts";

const HEADER = "# Rendered by Matriarch from the topology: change that, not this.\n";

/** The text of `etcd.yaml`. etcd reads it with go-yaml; it ignores keys that it does not know. */
export function formatConfig(config: EtcdConfig): string {
  return HEADER + stringifyYaml(Object.fromEntries(config.map(({ key, value }) => [key, value])));
}
