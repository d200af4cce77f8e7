// Copied from packages/api/src/http/input/repeated-member.ts by `pnpm generate`; never edited.
// Finds a member that a text of JSON gives twice: JSON.parse keeps the last one in silence, and no
// reviver sees the first. For a thousand rows of an import this takes as long as JSON.parse itself,
// 0.7 ms; jsonc-parser would take three times that.

import { pointerStep } from './json-pointer.ts';

/** An object or a list that the pass is inside of. */
interface Level {
  /** Of the members so far; null in a list. */
  names: Set<string> | null;
  /** Where in it the pass is: at a name, or an index. */
  step: string | number;
}

/**
 * The pointer of the first member that has the name of an earlier one of its object, or null.
 * @param json has been parsed, so it is valid
 */
export function repeatedMember(json: string): string | null {
  const levels: Level[] = [];
  let text = '';
  for (let at = 0; at < json.length; at++) {
    switch (json.charAt(at)) {
      case '"':
        text = json.slice(at + 1, (at = endOfString(json, at)));
        break;
      case ':':
        if (!enter(levels.at(-1)!, nameOf(text))) return pointerTo(levels);
        break;
      case ',':
        if (levels.at(-1)!.names === null) (levels.at(-1)!.step as number)++;
        break;
      case '{':
        levels.push({ names: new Set(), step: '' });
        break;
      case '[':
        levels.push({ names: null, step: 0 });
        break;
      case '}':
      case ']':
        levels.pop();
    }
  }
  return null;
}

/** Where the string that starts here has its last quote: the next one that is not escaped. */
function endOfString(json: string, start: number): number {
  for (let end = start + 1; ; end++) {
    end = json.indexOf('"', end);
    let before = end - 1;
    while (json[before] === '\\') before--;
    if ((end - before) % 2 === 1) return end;
  }
}

function nameOf(text: string): string {
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}

/** Goes to a member. @returns false when the object has one of that name */
function enter(level: Level, name: string): boolean {
  const { size } = level.names!;
  level.step = name;
  return level.names!.add(name).size > size;
}

function pointerTo(levels: Level[]): string {
  return levels.map(({ step }) => pointerStep(step)).join('');
}
