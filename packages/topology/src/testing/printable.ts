import fc from "fast-check";
import { isPrintable } from "../printable.ts";

/** Characters that some grammar gives a meaning: quotes, escapes, comments, expansions, separators, other alphabets. */
const MEANINGFUL = [..."'\"\\$#`!%&*?~^|;:,.=+-_@/<>()[]{} \t".replace("\t", ""), "${X}", "$(x)", "%(x)s", "{{x}}", "\\n", "''", '""', "é", "ß", "中", "😀", "\u00A0", "\u3000", "\u200B"];

/** Strings that broke some writer or reader once; every format must hand them on unchanged. */
export const HOSTILE_STRINGS: readonly string[] = [
  " ", "  leading", "trailing  ", "a b", "#", "a#b", "a #b", "a # b", "# a", "'", "''", "'a'", "it's", "a'b'c", '"', '""', '"a"', 'a"b', "'\"", "\"'",
  "\\", "\\\\", "\\\\\\", "a\\", "a\\\\", "\\'", "\\\\'", "\\\"", "a\\'b", "a\\\\'b", "'\\", "'\\\\", "\\n", "\\t", "\\0", "\\x41", "\\u0041", "\\$", "\\\\$",
  "$", "$$", "$$$", "$a", "$a$", "${a}", "${a:-b}", "$$a", "$(a)", "$1", "a$", "'$a", "'$a\\", "\\${a}", "`", "`a`", "'`a`",
  "=", "a=b", "==", ":", "a: b", "a:b", ",", ";", "a;b", "%", "%s", "%(a)s", "%%", "&", "&a", "*", "*a", "!", "!a", "@", "?", "~", "|", "<", ">", "<<",
  "(", ")", "[", "]", "{", "}", "{{a}}", "{a: b}", "[a]", "-", "- a", "--", "---", "...", "null", "true", "yes", "no", "on", "0", "007", "0x1f", "1e3",
  ".5", "1_000", "12:30", "2024-01-01", "é", "ü ö", "ß", "中文", "😀", "a😀b", "\u00A0", "\u00A0a\u00A0", "\u3000a\u3000", "\u200Ba", "e\u0301",
  "export a", "export A=b", "A=b # c", "' #", "\" #", "md5d8578edf8458ce06fbc5bb76a58c5ca4", "SCRAM-SHA-256$4096:c2FsdA==$a:b", "a'||'b", "'; DROP ROLE a; --",
  ...[..."'\"\\$#` "].flatMap((a) => [..."'\"\\$#` "].flatMap((b) => [`${a}${b}`, `x${a}${b}y`, `${a}x${b}`])),
];

/** Any text that people can type and that files of one line can hold. */
export const printableText: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_STRINGS) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...MEANINGFUL, "a", "Z", "9"), { maxLength: 12 }).map((parts) => parts.join("")) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 30 }) },
  )
  .filter(isPrintable);
