import { OperationError } from "../io/errors.ts";
import { type Answers, DEFAULTS } from "./answers.ts";
import { QUESTIONS, type Question } from "./questions.ts";

/** Whoever answers: one line for each prompt, `undefined` when nobody will answer any more. */
export type Ask = (prompt: string) => Promise<string | undefined>;

/** Answers as they were typed, or given as options. */
export type Given = { readonly [Key in keyof Answers]?: string };

function promptOf<Value>({ ask, choices, typed }: Question<Value>): string {
  const lines = Object.entries(choices ?? {}).map(([choice, meaning]) => `  ${choice.padEnd(13)} ${meaning}\n`);
  return `${ask}${lines.length === 0 ? " " : `:\n${lines.join("")}`}[${typed(DEFAULTS)}]: `;
}

/** Asks until the answer means something; an empty one takes the default. */
async function untilUnderstood<Value>(question: Question<Value>, fallback: Value, ask: Ask): Promise<Value> {
  let complaint = "";
  for (;;) {
    const text = await ask(`${complaint}${promptOf(question)}`);
    if (text === undefined) throw new OperationError("The questions were not answered; nothing was written.");
    if (text.trim() === "") return fallback;
    const understood = question.understand(text.trim());
    if ("value" in understood) return understood.value;
    complaint = `${understood.problem}\n`;
  }
}

function fromOption<Value>(question: Question<Value>, text: string): Value {
  const understood = question.understand(text);
  if ("problem" in understood) throw new OperationError(`${question.option}: ${understood.problem}`);
  return understood.value;
}

/**
 * Every answer: what was given, else what somebody says, else the default.
 * @param ask `null` where nobody can be asked
 * @throws OperationError when something given means nothing, or the one who is asked goes away
 */
export async function gatherAnswers(given: Given, ask: Ask | null): Promise<Answers> {
  const answerTo = async <Key extends keyof Answers>(key: Key): Promise<Answers[Key]> => {
    const question: Question<Answers[Key]> = QUESTIONS[key];
    const text = given[key];
    if (text !== undefined) return fromOption(question, text);
    return ask === null ? DEFAULTS[key] : untilUnderstood(question, DEFAULTS[key], ask);
  };
  return {
    cluster: await answerTo("cluster"),
    datacenters: await answerTo("datacenters"),
    layout: await answerTo("layout"),
    replication: await answerTo("replication"),
    timing: await answerTo("timing"),
    clientCertificates: await answerTo("clientCertificates"),
  };
}
