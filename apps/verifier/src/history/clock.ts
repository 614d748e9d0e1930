/** Nanoseconds since an arbitrary moment; never goes back. A double holds 104 days of them exactly. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint());
}
