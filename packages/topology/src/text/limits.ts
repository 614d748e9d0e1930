/** Every code about a text as such, whether it is a topology or an environment file. */
export const TEXT_CODES = ["wrong-encoding", "too-large"] as const;
/** One of `TEXT_CODES`. */
export type TextCode = (typeof TEXT_CODES)[number];

/** What is wrong with a text as such. */
export interface TextComplaint {
  readonly code: TextCode;
  readonly message: string;
  readonly hint: string;
}

/** A file with more characters is not read: the largest clusters fill a hundredth of it. */
export const MAX_TEXT_LENGTH = 1024 * 1024;

/** What is said of a text that is longer than `MAX_TEXT_LENGTH`. */
export const TOO_LARGE: TextComplaint = {
  code: "too-large",
  message: "the file is larger than 1 MiB, so it was not read.",
  hint: "Name the right file; a cluster of 500 nodes fills 50 KiB.",
};

/** What is said of a line with a byte that is no UTF-8. Never quotes it: it may belong to a password. */
export const NOT_UTF8: TextComplaint = {
  code: "wrong-encoding",
  message: "a byte here is not UTF-8; the file may be in Latin-1 or UTF-16.",
  hint: "Save the file as UTF-8: with iconv, `iconv -f LATIN1 -t UTF-8`. It is left as it is until then.",
};
