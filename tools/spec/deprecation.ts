// What the contract says of an operation that will go one day: its mark, and in words since when,
// until when and what to read, so that the SDK, the command line and the reference say it too.

import type { Deprecation } from '../../packages/api/src/http/deprecation.ts';
import type { Operation } from './document.ts';

/** Of an operation without `x-deprecation` there is nothing to tell. */
export function tellDeprecation(operation: Operation): void {
  const deprecation = operation['x-deprecation'] as Deprecation | undefined;
  if (deprecation === undefined) return;
  const { since, sunset, link } = deprecation;
  const end = sunset === undefined ? '' : `; from ${sunset} on it may be gone`;
  const instead = link === undefined ? '' : ` What to use instead: ${link}`;
  operation.deprecated = true;
  operation.description = `${operation.description}\n\nDeprecated since ${since}${end}.${instead}`;
}
