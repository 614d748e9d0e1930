const SESSION = /^```console\n(?<body>.*?)^```$/gmsu;

/** Lines that were typed: `$` begins a command, `>` goes on with it. */
function commandsOf(body: string): { readonly typed: string; readonly command: string }[] {
  const typed = body.match(/^\$ .*\n(?:^> .*\n)*/gm) ?? [];
  return typed.map((lines) => ({ typed: lines, command: lines.replaceAll(/^[$>] /gm, "") }));
}

/** The text with what its commands print now; they run one after the other, in the order of the text. */
export function replay(markdown: string, run: (command: string) => string): string {
  return markdown.replaceAll(SESSION, (_, body: string) => {
    const played = commandsOf(body).map(({ typed, command }) => `${typed}${run(command)}`);
    return `\`\`\`console\n${played.join("")}\`\`\``;
  });
}

/** Every command of the text's sessions. */
export function typedIn(markdown: string): string[] {
  return [...markdown.matchAll(SESSION)].flatMap(({ groups }) => commandsOf(groups?.["body"] ?? "").map(({ command }) => command));
}
