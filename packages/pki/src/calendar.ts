/** Milliseconds of a day. */
export const DAY = 24 * 60 * 60 * 1000;

/** The day of a point in time, in UTC, as people write it: `2026-11-23`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Whether less is left than this many days; what lives shortly is due in its last third instead. */
export function endsSoon(
  { notBefore, notAfter }: { readonly notBefore: number; readonly notAfter: number },
  now: number,
  days: number,
): boolean {
  return notAfter - now < Math.min(days * DAY, (notAfter - notBefore) / 3);
}
