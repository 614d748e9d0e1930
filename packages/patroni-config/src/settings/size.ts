const MIB = 1024;
const GIB = 1024 ** 2;

/** A size as PostgreSQL writes it, in the largest unit that holds it exactly. */
export function formatSize(kib: number): string {
  if (kib % GIB === 0) return `${kib / GIB}GB`;
  return kib % MIB === 0 ? `${kib / MIB}MB` : `${kib}kB`;
}
