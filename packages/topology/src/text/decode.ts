/** A character of several bytes as RFC 3629 has it, else one byte that belongs to none; each byte is a character of the text. */
const BEYOND_ASCII =
  /[\xC2-\xDF][\x80-\xBF]|\xE0[\xA0-\xBF][\x80-\xBF]|[\xE1-\xEC\xEE\xEF][\x80-\xBF]{2}|\xED[\x80-\x9F][\x80-\xBF]|\xF0[\x90-\xBF][\x80-\xBF]{2}|[\xF1-\xF3][\x80-\xBF]{3}|\xF4[\x80-\x8F][\x80-\xBF]{2}|[\x80-\xFF]/gu;

const CHUNK = 8192;

function percentEncoded(bytes: string): string {
  return Array.from(bytes, (byte) => `%${byte.charCodeAt(0).toString(16)}`).join("");
}

/**
 * Decodes UTF-8. A byte that is none becomes U+DC80 to U+DCFF, which no valid text can hold, so that whoever reads the
 * text can say where it stands; a decoder that puts U+FFFD in its place has lost it.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += CHUNK) text += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  return text.replaceAll(BEYOND_ASCII, (match) =>
    match.length === 1 ? String.fromCharCode(0xdc00 + match.charCodeAt(0)) : decodeURIComponent(percentEncoded(match)),
  );
}

/** Where the first byte that is no UTF-8 stands in a text of `decodeUtf8`; -1 where there is none. */
export function findStrayByte(text: string): number {
  return text.search(/[\uDC80-\uDCFF]/u);
}
