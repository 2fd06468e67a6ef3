/** How long to wait before try number `failures` + 1, in milliseconds: doubling, capped, and spread, so that not all browsers come back at once. */
export function backoff(failures: number, { first, most }: { first: number; most: number }, random = Math.random): number {
  const full = Math.min(most, first * 2 ** Math.max(0, failures - 1));
  return full * (0.5 + random() / 2);
}
