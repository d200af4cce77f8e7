// Takes the power from text that came from elsewhere. A customer's text may hold sequences that
// move the cursor, rename the window or write into the clipboard of whoever looks at it.

/** Controls of both sets, and the marks that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const ARMED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One harmless line: line ends and tabs become blanks, other controls become visible. */
export function disarm(text: string): string {
  return text.replaceAll(ARMED, (character) =>
    /\s/.test(character) && character !== '\ufeff' ? ' ' : codeOf(character),
  );
}

/** The same for text of many lines, which keeps its lines and tabs. */
export function disarmLines(text: string): string {
  return text.replaceAll(ARMED, (character) =>
    character === '\n' || character === '\t' ? character : codeOf(character),
  );
}

/**
 * JSON as it was, with nothing armed in it. `JSON.stringify` leaves DEL, the second set of controls
 * and the direction marks as they are; as escapes they are the same JSON.
 */
export function jsonText(value: unknown): string {
  return disarmedJson(JSON.stringify(value, null, 2));
}

/** The same on one line. */
export function jsonLine(value: unknown): string {
  return disarmedJson(JSON.stringify(value));
}

function disarmedJson(text: string): string {
  return text.replaceAll(ARMED, (character) =>
    character === '\n' ? character : `\\u${hex(character, 4)}`,
  );
}

function codeOf(character: string): string {
  return character <= '\u00ff' ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`;
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}
