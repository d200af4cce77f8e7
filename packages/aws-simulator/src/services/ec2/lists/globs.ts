// Patterns with `*` and `?`, which a backslash escapes, as EC2's filters have them.

export interface Glob {
  /** The one text that matches, for a pattern without wildcards. */
  readonly plain: string | undefined;
  /** In time of pattern times text at worst; a regular expression could take for ever. */
  matches(text: string): boolean;
}

const ANY_TEXT = Symbol('*');
const ANY_CHARACTER = Symbol('?');

type Part = string | typeof ANY_TEXT | typeof ANY_CHARACTER;

export function globOf(pattern: string): Glob {
  const parts = partsOf(pattern);
  const plain = parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
  return { plain, matches: (text) => matches(parts, Array.from(text)) };
}

function partsOf(pattern: string): Part[] {
  const parts: Part[] = [];
  for (const [, escaped, char = ''] of pattern.matchAll(/\\(.)|(.)/gsu)) {
    if (escaped !== undefined) parts.push(escaped);
    else parts.push(char === '*' ? ANY_TEXT : char === '?' ? ANY_CHARACTER : char);
  }
  return parts;
}

// Where a `*` was taken too short, it goes on from the last one: an earlier one need not grow.
function matches(parts: readonly Part[], text: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted === ANY_TEXT) {
      star = part;
      starAt = at;
      part += 1;
    } else if (wanted === ANY_CHARACTER || (wanted !== undefined && wanted === text[at])) {
      part += 1;
      at += 1;
    } else if (star >= 0) {
      part = star + 1;
      starAt += 1;
      at = starAt;
    } else {
      return false;
    }
  }
  return parts.slice(part).every((rest) => rest === ANY_TEXT);
}
