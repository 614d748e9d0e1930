import { isPrintable } from "../printable.ts";
import { quoteValue } from "./value.ts";

/** A line of an environment file. */
export interface EnvironmentVariable {
  readonly variable: string;
  /** Empty: left blank, for a person or a generator to fill in. */
  readonly value: string;
  /** One sentence above the variable. */
  readonly comment?: string;
}

/** Variables under a comment that says what they have in common. */
export interface EnvironmentSection {
  readonly title: string;
  readonly variables: readonly EnvironmentVariable[];
}

function formatComment(text: string): string {
  if (!isPrintable(text)) throw new RangeError("a comment of the environment file must be printable");
  return `# ${text}\n`;
}

/** @throws RangeError when the name is not a variable's, or the value or comment cannot be printed */
export function formatVariable({ variable, value, comment }: EnvironmentVariable): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(variable) || variable === "export") throw new RangeError(`not the name of a variable: ${variable}`);
  return `${comment === undefined ? "" : formatComment(comment)}${variable}=${quoteValue(value)}\n`;
}

/** An environment file: sections under a title, with an empty line before each but the first. */
export function formatEnvironment(sections: readonly EnvironmentSection[]): string {
  return sections
    .filter(({ variables }) => variables.length > 0)
    .map(({ title, variables }) => `${formatComment(title)}\n${variables.map(formatVariable).join("")}`)
    .join("\n");
}
