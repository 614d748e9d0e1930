/** One way to spell a text: what stands for something else in it, and for what. */
interface Notation {
  /** Sticky: tried at each place by itself, because what stands before it may be no whole sign. */
  readonly sign: RegExp;
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

/**
 * One character of UTF-8 in percent signs, by the length that its first byte announces. Not all of a row at once: what stands
 * beside a secret may be no UTF-8.
 */
const PERCENT = "%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}";

/** Every notation that a log, a configuration file or a rendering may spell a secret in. */
const NOTATIONS: readonly Notation[] = [
  // HTML and XML.
  { sign: /&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);/iy, read: readReference },
  // JSON, JavaScript, YAML in double quotes, shells, Markdown.
  { sign: /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[^a-z0-9])/iy, read: readEscape },
  // The same without numbers: what was written in front of a `u` may be the secret's own.
  { sign: /\\[^a-z0-9]/iy, read: (sign) => sign.slice(1) },
  // URLs, then forms.
  { sign: new RegExp(PERCENT, "iy"), read: readPercent },
  { sign: new RegExp(String.raw`${PERCENT}|\+`, "iy"), read: (sign) => (sign === "+" ? " " : readPercent(sign)) },
  // SQL, YAML in single quotes, PgBouncer, compose, INI: each doubles one sign and leaves the others.
  ...[/''/y, /""/y, /\$\$/y, /%%/y].map((sign) => ({ sign, read: (doubled: string) => doubled.slice(1) })),
  // Shells: the quotes end, one comes by itself, they begin again.
  { sign: /'\\''|'"'"'/y, read: () => "'" },
];

/** What stands at a place of a text, and how much of the text it takes. */
interface Sign {
  readonly text: string;
  readonly length: number;
}

/** One reading of a text: the sign at any place of it; `null` behind its end. */
export type Reading = (place: number) => Sign | null;

function readAs(source: string, places: readonly number[], { sign, read }: Notation): Reading | null {
  const found = new Map<number, Sign>();
  for (const place of places) {
    sign.lastIndex = place;
    const written = sign.exec(source)?.[0];
    if (written !== undefined) found.set(place, { text: read(written), length: written.length });
  }
  if (found.size === 0) return null;
  return (place) => found.get(place) ?? (place < source.length ? { text: source.charAt(place), length: 1 } : null);
}

/** Characters with which some sign begins. */
const MEANINGFUL = /[&\\%+'"$]/g;

/** How a text reads in each notation in which it reads otherwise than it stands. */
export function readingsOf(source: string): Reading[] {
  const places = [...source.matchAll(MEANINGFUL)].map(({ index }) => index);
  return places.length === 0 ? [] : NOTATIONS.flatMap((notation) => readAs(source, places, notation) ?? []);
}

/**
 * Where a text ends that is read from a place on; `null` where something else is read there. A sign that holds more than
 * the end of the text counts to the text.
 */
export function endOf(text: string, reading: Reading, start: number): number | null {
  let place = start;
  for (let rest = text; rest !== "";) {
    const sign = reading(place);
    if (sign === null) return null;
    if (!rest.startsWith(sign.text) && !sign.text.startsWith(rest)) return null;
    rest = rest.slice(sign.text.length);
    place += sign.length;
  }
  return place;
}
