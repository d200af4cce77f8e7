// How long to wait before the next look at what takes its time.

/** A pause that grows with the time that has passed: a quarter of it, within limits. */
export function backOffMs(
  since: Date | null,
  now: Date,
  { least, most }: { least: number; most: number },
): number {
  const passed = since === null ? 0 : now.getTime() - since.getTime();
  return Math.min(most, Math.max(least, Math.floor(passed / 4)));
}
