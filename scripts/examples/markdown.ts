/** A fenced block of a Markdown text. */
interface Fence {
  /** What stands after the opening fence, such as `ts` or `ts topology.test.ts`. */
  readonly info: string;
  readonly body: string;
}

/** A module that a text shows, and what it says the module prints. */
export interface Example {
  readonly code: string;
  readonly output: string;
}

const FENCE = /^```(?<info>[^\n`]*)\n(?<body>.*?)^```$/gmsu;

/** Every fenced block, in order. */
export function fencesOf(markdown: string): Fence[] {
  return [...markdown.matchAll(FENCE)].map(({ groups }) => ({ info: groups?.["info"] ?? "", body: groups?.["body"] ?? "" }));
}

/**
 * The blocks called `ts` and nothing more, each with the block that follows it: what it prints.
 * @throws Error when nothing follows, or another module does
 */
export function examplesOf(markdown: string): Example[] {
  const fences = fencesOf(markdown);
  return fences.flatMap(({ info, body: code }, index) => {
    if (info !== "ts") return [];
    const output = fences[index + 1];
    if (output === undefined || output.info.split(" ")[0] === "ts") throw new Error("an example is not followed by what it prints");
    return [{ code, output: output.body }];
  });
}

/** The text with other outputs behind its examples, in their order: what an update of the text would be. */
export function withOutputs(markdown: string, outputs: readonly string[]): string {
  let followsExample = false;
  let next = 0;
  return markdown.replaceAll(FENCE, (block, info: string) => {
    const isOutput = followsExample;
    followsExample = info === "ts";
    if (!isOutput) return block;
    const output = outputs[next];
    next += 1;
    return output === undefined ? block : `\`\`\`${info}\n${output}\`\`\``;
  });
}
