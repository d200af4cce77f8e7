// JSON that a person has written, in a file or a flag.

import { repeatedMember } from '../generated/repeated-member.ts';

/** What is wrong, as it goes on after the name of the file or flag. */
export class JsonError extends Error {}

/** @throws JsonError which quotes nothing of the text, as that may hold a secret */
export function jsonValue(text: string): unknown {
  const value = parsed(text);
  const pointer = repeatedMember(text);
  if (pointer === null) return value;
  throw new JsonError(`names ${pointer.slice(1)} twice`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = /at position \d+( \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0];
    throw new JsonError(`is not JSON${place ? ` (${place})` : ''}`);
  }
}
