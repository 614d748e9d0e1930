import { type Platform, PLATFORMS, TIMING_PRESETS } from "../../packages/topology/src/index.ts";
import { SERVICES } from "../../packages/topology/src/resolve/services.ts";
import type { JsonSchema } from "./json-schema.ts";
import { type Row, rowsBelow } from "./rows.ts";

const INTRODUCTION = `# Topology reference

Every key of a topology file. This page is written from the schema by a test (\`pnpm test -u\` after a change of the
schema); \`compose-gen schema\` prints the same as JSON Schema, for editors. A key that is not here is an error.

| type | what it is |
| --- | --- |
| name | a DNS label: lower-case letters, digits and hyphens, at most 63, beginning with a letter |
| identifier | a PostgreSQL identifier that needs no quotes: lower-case letters, digits and underscores, at most 59 |
| size | a number with \`KiB\`, \`MiB\`, \`GiB\` or \`TiB\`, such as \`512MiB\` |
| extension | the name of one that the platform carries, [listed below](#platform); [extensions.md](extensions.md) says more |
| network | in CIDR notation, such as \`10.0.0.0/8\` |
| mapping by … | keys that you choose, of that type; \`<name>\` in the tables below stands for one |

A default that is not in the table is computed; the meaning says from what. What contradicts itself, or cannot work on
the chosen platform, is refused by a rule: \`compose-gen explain CODE\` says more about each.
`;

function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  return `${line(headings)}${line(headings.map(() => "---"))}${rows.map(line).join("")}`;
}

function formatRows(rows: readonly Row[]): string {
  return formatTable(
    ["key", "type", "default", "meaning"],
    rows.map(({ key, type, default: value, required, meaning }) => [`\`${key}\``, type, required ? "**required**" : value, meaning]),
  );
}

/** The names of the resolved topology, as a topology file writes them. */
function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function extensionsOf(platform: string, { versions, extensions }: Platform): string {
  const major = Math.max(...versions.postgresql);
  const rows = Object.entries(extensions).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const where = { public: "`public`", fixed: "its own schema" };
  return `\nExtensions that \`${platform}\` carries:\n\n${formatTable(
    ["extension", "package", "created in", "loaded at the start", "needs", "only in one database"],
    rows.map(([name, { package: packageOf, schema, preload, needs, oneDatabase }]) => [
      `\`${name}\``,
      `\`${packageOf(major)}\``,
      schema === null ? "nothing to create" : where[schema],
      preload === undefined ? "" : "yes",
      (needs ?? []).map((needed) => `\`${needed}\``).join(", "),
      oneDatabase === undefined ? "" : "yes",
    ]),
  )}`;
}

/** What belongs under a key and is no key itself. */
const APPENDICES: Readonly<Record<string, () => string>> = {
  nodes: () =>
    `What is published where \`publish\` says nothing, and the variable of the environment file that overrides both:\n\n${formatTable(
      ["service", "first", "each further one", "on", "variable"],
      Object.values(SERVICES)
        .flat()
        .map(({ service, first, step, zone, stem }) => [
          `\`${service}\``,
          first === null ? "not published" : String(first),
          first === null ? "" : `+${step}`,
          zone === "front" ? "`publish_address`" : "the loopback",
          `\`${stem}…\``,
        ]),
    )}`,
  timing: () =>
    `What the presets hold:\n\n${formatTable(
      ["key", ...Object.keys(TIMING_PRESETS).map((preset) => `\`${preset}\``)],
      Object.keys(TIMING_PRESETS.normal).map((name) => [
        `\`timing.${snakeCase(name)}\``,
        ...Object.values(TIMING_PRESETS).map((timing) => String(timing[name as keyof typeof timing])),
      ]),
    )}`,
  platform: () =>
    `Versions that each platform brings:\n\n${formatTable(
      ["platform", "PostgreSQL", "Patroni", "etcd", "HAProxy", "PgBouncer"],
      Object.entries(PLATFORMS).map(([platform, { versions }]) => [
        `\`${platform}\``,
        versions.postgresql.join(", "),
        versions.patroni,
        versions.etcd,
        versions.haproxy,
        versions.pgbouncer,
      ]),
    )}${Object.entries(PLATFORMS)
      .map(([id, platform]) => extensionsOf(id, platform))
      .join("")}`,
};

function sectionOf(key: string, rows: readonly Row[]): string {
  const own = rows.filter((row) => row.key === key || row.key.startsWith(`${key}.`));
  const appendix = APPENDICES[key]?.();
  return `## ${key}\n\n${formatRows(own)}${appendix === undefined ? "" : `\n${appendix}`}`;
}

/** The reference of every key, in Markdown: the same for the same schema. */
export function formatReference(schema: JsonSchema): string {
  const rows = rowsBelow("", schema);
  return [INTRODUCTION, ...Object.keys(schema.properties ?? {}).map((key) => sectionOf(key, rows))].join("\n");
}
