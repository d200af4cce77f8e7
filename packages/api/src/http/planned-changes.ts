// What a change that is only tried would lead to in AWS, as a header: the body stays what it would
// be if the change were made.

import type { PlannedChange } from '../domain/planned-change.ts';
import { toWire } from './wire/names.ts';

/** Headers of more than a few KiB do not pass every proxy. */
const changesMax = 10;
const namesMax = 20;

/** `{"changes":[…],"more":0}` in ASCII; `more` is how many changes are left out. */
export function planHeader(planned: readonly PlannedChange[]): string {
  const changes = planned.slice(0, changesMax).map(shortened);
  const text = JSON.stringify(toWire({ changes, more: planned.length - changes.length }));
  return text.replaceAll(/[^\x20-\x7e]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Long lists end in how many more there are, as in the reports of workers. */
function shortened({ request, ...change }: PlannedChange): object {
  const members = Object.entries(request).map(([name, value]) => {
    if (!Array.isArray(value) || value.length <= namesMax) return [name, value];
    const names = value as unknown[];
    return [name, [...names.slice(0, namesMax), `... and ${names.length - namesMax} more`]];
  });
  return { ...change, request: Object.fromEntries(members) as object };
}
