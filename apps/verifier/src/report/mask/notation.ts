/** A text as one reader understands it, and where each of its signs (UTF-16 units) stands in the source. */
export interface Reading {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** One way to spell a text: what stands for something else in it, and for what. */
interface Notation {
  readonly signs: RegExp;
  readonly read: (sign: string) => string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function readReference(sign: string): string {
  const name = sign.slice(1, -1).toLowerCase();
  const code = name.startsWith("#x") ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return ENTITIES[name] ?? (code <= 0x10ffff ? String.fromCodePoint(code) : sign);
}

function readPercent(sign: string): string {
  try {
    return decodeURIComponent(sign);
  } catch {
    return sign;
  }
}

function readEscape(sign: string): string {
  return /^\\[ux][0-9a-f]+$/i.test(sign) ? String.fromCharCode(parseInt(sign.slice(2), 16)) : sign.slice(1);
}

const PERCENT = /(?:%[0-9a-f]{2})+/gi;

/** Every notation that a log, a configuration file or a rendering may spell a secret in. */
const NOTATIONS: readonly Notation[] = [
  // HTML and XML.
  { signs: /&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);/gi, read: readReference },
  // JSON, JavaScript, YAML in double quotes, shells, Markdown.
  { signs: /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[^a-z0-9])/gi, read: readEscape },
  // The same without numbers: what was written in front of a `u` may be the secret's own.
  { signs: /\\[^a-z0-9]/gi, read: (sign) => sign.slice(1) },
  { signs: PERCENT, read: readPercent },
  // Forms.
  { signs: /(?:%[0-9a-f]{2})+|\+/gi, read: (sign) => (sign === "+" ? " " : readPercent(sign)) },
  // SQL, YAML in single quotes, PgBouncer, compose, INI: each doubles one sign and leaves the others.
  ...[/''/g, /""/g, /\$\$/g, /%%/g].map((signs) => ({ signs, read: (sign: string) => sign.slice(1) })),
  // Shells: the quotes end, one comes by itself, they begin again.
  { signs: /'\\''|'"'"'/g, read: () => "'" },
];

function readAs(source: string, { signs, read }: Notation): Reading | null {
  const units: { text: string; start: number; end: number }[] = [];
  let position = 0;
  const plain = (end: number) => {
    for (; position < end; position++) units.push({ text: source.charAt(position), start: position, end: position + 1 });
  };
  for (const { 0: sign, index } of source.matchAll(signs)) {
    plain(index);
    position = index + sign.length;
    for (const unit of read(sign).split("")) units.push({ text: unit, start: index, end: position });
  }
  if (units.length === 0) return null;
  plain(source.length);
  return { text: units.map(({ text }) => text).join(""), starts: units.map(({ start }) => start), ends: units.map(({ end }) => end) };
}

/** How a text reads in each notation in which it reads otherwise than it stands. */
export function readingsOf(source: string): Reading[] {
  return NOTATIONS.flatMap((notation) => readAs(source, notation) ?? []);
}
