// The name that somebody most likely meant: a hint for error messages, never a name to go on with.

/** Longer names get no hint, so that a hostile body cannot buy much work with a few bytes. */
const lengthMax = 64;

/** The candidate that is at most a third of its letters away from `name`, or undefined. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > lengthMax) return undefined;
  const given = plain(name);
  const close = candidates
    .filter((candidate) => candidate.length <= lengthMax)
    .map((candidate) => ({ candidate, distance: distanceWithin(given, candidate) }))
    .filter(({ distance }) => distance < Infinity);
  return close.sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** How a sentence goes on about an unknown name: `, did you mean …?`, or not at all. */
export function asMeant(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : `, did you mean \`${nearest}\`?`;
}

/** How far the candidate is away, or infinitely far; no distance is less than that of lengths. */
function distanceWithin(given: string, candidate: string): number {
  const known = plain(candidate);
  const most = Math.max(1, Math.floor(candidate.length / 3));
  if (Math.abs(given.length - known.length) > most) return Infinity;
  const distance = editDistance(given, known);
  return distance <= most ? distance : Infinity;
}

/** `accountId`, `account-id` and `ACCOUNT_ID` are all meant as `account_id`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/** Insertions, deletions, changed letters and swapped neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const viaSwap = swapped ? beforeLast[j - 2]! + 1 : Infinity;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, changed, viaSwap));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
