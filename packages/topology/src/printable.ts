/**
 * Whether every reader of our files takes the text as it is: no control characters, no line ends (the Unicode ones
 * included), no byte order mark, no half of a surrogate pair.
 */
export function isPrintable(text: string): boolean {
  return /^[^\p{Cc}\p{Cs}\u2028\u2029\uFEFF]*$/u.test(text);
}
