import type { Strip } from "./frame.ts";
import { label } from "./marks.ts";

/** A strip of what nobody looked at: it says so, instead of looking like all was well. */
export function emptyStrip(title: string): Strip {
  return {
    title,
    legend: [],
    height: 14,
    says: `${title}: not observed.`,
    draw: ({ left }) => [label("not observed in this scenario", left, 10, { ink: "muted" })],
  };
}
