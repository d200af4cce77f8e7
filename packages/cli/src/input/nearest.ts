// The word that somebody may have meant who typed one that there is not.

/** One letter may be wrong of each three that were typed, and never more than three. */
const LETTERS_PER_MISTAKE = 3;
const MISTAKES_MAX = 3;

/** Undefined where nothing comes near. Case and the mark between words are no mistakes. */
export function nearest(typed: string, words: Iterable<string>): string | undefined {
  const wanted = bare(typed);
  let best: string | undefined;
  const allowed = Math.max(1, Math.floor(wanted.length / LETTERS_PER_MISTAKE));
  let least = Math.min(MISTAKES_MAX, allowed) + 1;
  for (const word of words) {
    const mistakes = distance(wanted, bare(word), least);
    if (mistakes < least) [best, least] = [word, mistakes];
  }
  return best;
}

export function didYouMean(typed: string, words: Iterable<string>): string | undefined {
  const word = nearest(typed, words);
  return word === undefined ? undefined : `Did you mean ${word}?`;
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[_\s]/g, '-');
}

/** Letters to put in, take out, replace, or swap with their neighbour; `most` where it is more. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + same);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (i > 1 && j > 1 && swapped) cost = Math.min(cost, older[j - 2]! + 1);
      row.push(cost);
    }
    [older, last] = [last, row];
  }
  return last[b.length]!;
}
