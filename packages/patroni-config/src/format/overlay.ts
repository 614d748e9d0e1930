import { stringifyYaml } from "@matriarch/topology";

/** YAML in which no control character stands as it is: PyYAML refuses them, though UTF-8 bytes read as Latin-1 are full of them. */
export function formatOverlay(overlay: unknown): string {
  return stringifyYaml(overlay).replaceAll(/[\u007f-\u009f]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
}
