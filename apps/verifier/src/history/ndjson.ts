import { z } from "zod";
import type { Event } from "./event.ts";
import { EVENT } from "./schema.ts";

/** A saved history, read again. */
export interface SavedHistory {
  readonly events: readonly Event[];
  /** What stands after the last whole line; `null` where nothing does. The verifier died while it wrote this. */
  readonly torn: string | null;
}

/** One event as a line, its end included. */
export function formatEvent(event: Event): string {
  return `${JSON.stringify(event)}\n`;
}

function parseLine(line: string, position: number): Event {
  const problem = (what: string) => new Error(`line ${position + 1} of the history: ${what}`);
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    throw problem(`not JSON: ${line.slice(0, 80)}`);
  }
  const { success, data: event, error } = EVENT.safeParse(data);
  if (!success) throw problem(z.prettifyError(error));
  if (event.i !== position) throw problem(`it is event ${event.i}, not ${position}: lines are missing, or were moved`);
  return event;
}

/**
 * Reads a history from its lines. One that ends in the middle of a line is whole up to there: whatever the lost line
 * answered is unknown. Throws where any other line is not an event, or not the next one.
 */
export function parseHistory(text: string): SavedHistory {
  const lines = text.split("\n");
  const torn = lines.pop() ?? "";
  return { events: lines.map(parseLine), torn: torn === "" ? null : torn };
}
