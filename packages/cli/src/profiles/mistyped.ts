// What somebody set that means nothing as it is written: without a word of it, what holds instead
// would be a riddle.

import { didYouMean, nearest } from '../input/nearest.ts';
import type { Place } from './places.ts';

const PREFIX = 'SALLYPORT_';
const VARIABLES = ['API_KEY', 'API_KEY_FILE', 'CONFIG_DIR', 'DATA_DIR', 'PROFILE', 'URL'];
/** Of the service's own, which may be set on its machine, the only one that comes near. */
const NO_MISTAKES = new Set([...VARIABLES, 'AUDIT_KEY_FILE']);

/** One sentence for each variable that is nearly one of ours. */
export function mistypedVariables({ env }: Pick<Place, 'env'>): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length))
    .filter((name) => !NO_MISTAKES.has(name))
    .flatMap((name) => {
      const meant = nearest(name, VARIABLES);
      return meant === undefined
        ? []
        : [`${PREFIX}${name} is set. Did you mean ${PREFIX}${meant}?`];
    });
}

/** Of members that there are not, only what comes near is told: a later version may have more. */
export function mistypedMember(
  value: object,
  known: readonly string[],
): { name: string; hint: string } | undefined {
  const free = known.filter((name) => !Object.hasOwn(value, name));
  for (const name of Object.keys(value).filter((one) => !known.includes(one))) {
    const hint = didYouMean(name, free);
    if (hint !== undefined) return { name, hint };
  }
  return undefined;
}
