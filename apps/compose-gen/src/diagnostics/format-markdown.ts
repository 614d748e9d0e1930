import { CODE_GROUPS, type CodeGroup, DIAGNOSTIC_CODES, type DiagnosticCode } from "./codes.ts";
import { PAGES } from "./pages.ts";

function formatPage(code: DiagnosticCode): string {
  const { severity, cause, why, source, remedy, example } = PAGES[code];
  const examples =
    example === undefined
      ? []
      : [`\`\`\`yaml\n# reported\n${example.before}\n\`\`\``, `\`\`\`yaml\n# not reported\n${example.after}\n\`\`\``];
  return [
    `### ${code}`,
    `**${cause}** (${severity.join(" or ")})`,
    why,
    `*Source: ${source}*`,
    `**What to do.** ${remedy}`,
    ...examples,
  ].join("\n\n");
}

function formatGroup({ title, codes }: CodeGroup): string {
  return [`## ${title}`, ...codes.map(formatPage)].join("\n\n");
}

/** `docs/diagnostics.md`. */
export function formatMarkdown(): string {
  const introduction = `# Diagnostics

Every finding of \`compose-gen\` has a code; this is what each of the ${DIAGNOSTIC_CODES.length} means. \`compose-gen explain CODE\` prints one of them.
An **error** is a cluster that cannot work or is unsafe: nothing is written. A **warning** works, with a risk worth
knowing. An **info** is worth knowing.

Examples are parts of a topology that says nothing wrong elsewhere. Written from the pages in
\`apps/compose-gen/src/diagnostics\`: change them there, then \`pnpm test -u\`.`;
  const contents = CODE_GROUPS.map(({ title, codes }) => `**${title}:** ${codes.map((code) => `[${code}](#${code})`).join(", ")}`);
  return `${[introduction, ...contents, ...CODE_GROUPS.map(formatGroup)].join("\n\n")}\n`;
}
