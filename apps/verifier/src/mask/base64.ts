/** Fewer bytes than this leave so little of themselves in base64 that everything would look like them. */
const FEWEST_BYTES = 4;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function sextetsOf(bytes: Uint8Array, offset: number): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  // Bits of the first sextet belong to what stands before.
  const first = (6 - ((offset * 8) % 6)) % 6;
  const groups = bits.slice(first).match(/.{6}/g) ?? [];
  return groups.map((group) => ALPHABET.charAt(parseInt(group, 2))).join("");
}

/**
 * What base64 shows of a text wherever it stands in what was encoded (`user:password`): the characters that depend on
 * nothing else, for each of three alignments and both alphabets. Empty for texts of fewer than four bytes.
 */
export function base64TracesOf(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < FEWEST_BYTES) return [];
  const traces = [0, 1, 2].map((offset) => sextetsOf(bytes, offset));
  return [...new Set([...traces, ...traces.map((trace) => trace.replaceAll("+", "-").replaceAll("/", "_"))])];
}
