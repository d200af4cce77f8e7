// How many columns a text takes on a terminal, and cutting it to fewer. Expects disarmed text.

/** Emoji, and the blocks that Unicode's East Asian Width calls wide or full width. */
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}])/u;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

export function textWidth(text: string): number {
  if (isPlain(text)) return text.length;
  return graphemes(text).reduce((width, part) => width + graphemeWidth(part), 0);
}

/** The text in `width` columns: with an ellipsis where it is longer, with blanks where shorter. */
export function fitted(text: string, width: number): string {
  const own = textWidth(text);
  if (own <= width) return text + ' '.repeat(width - own);
  const kept = cutTo(text, width - 1);
  return fitted(`${kept}…`, Math.max(width, 1));
}

/** The text over several lines of at most `width` columns; a longer word gets a line of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(last) + 1 + textWidth(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function cutTo(text: string, width: number): string {
  let kept = '';
  let used = 0;
  for (const part of isPlain(text) ? text : graphemes(text)) {
    used += graphemeWidth(part);
    if (used > width) break;
    kept += part;
  }
  return kept;
}

function graphemeWidth(part: string): number {
  if (INVISIBLE.test(part)) return 0;
  return WIDE.test(part) ? 2 : 1;
}

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/** The usual case, without the cost of the others. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
