/** Puts figures into the log of the run, one line of JSON each. Times are in seconds. */
export function measured(what: string, figures: Readonly<Record<string, unknown>>): void {
  const rounded = Object.entries(figures).map(([name, value]) => [name, typeof value === "number" ? Math.round(value * 100) / 100 : value]);
  console.info(`measured: ${JSON.stringify({ what, ...Object.fromEntries(rounded) })}`);
}
