// How many columns a text takes on a terminal, and cutting it to fewer. Expects disarmed text.

/** Blocks that Unicode's East Asian Width calls wide or full width, first and last code point. */
const WIDE_BLOCKS = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
] as const;
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u;
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
  const point = part.codePointAt(0)!;
  const wide = WIDE_BLOCKS.some(([first, last]) => point >= first && point <= last);
  return wide || EMOJI.test(part) ? 2 : 1;
}

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/** The usual case, without the cost of the others. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
