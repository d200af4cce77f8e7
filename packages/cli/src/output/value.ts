// One value of the API as text for a person: harmless, and on one line.

import { disarm } from './disarm.ts';
import { relativeTime, timeOf } from './time.ts';

export interface ValueStyle {
  /** The time it is now, for "3m ago"; undefined to write times out. */
  relativeTo: number | undefined;
}

/** Stands for "nothing": a blank cell would shift the columns of whoever cuts them by blanks. */
export const NOTHING = '-';

export function valueText(value: unknown, style: ValueStyle): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    return value.map((item) => valueText(item, style)).join(', ') || NOTHING;
  }
  if (typeof value === 'object') {
    const members = Object.entries(value as Record<string, unknown>);
    return (
      members.map(([key, member]) => `${key}=${valueText(member, style)}`).join(' ') || NOTHING
    );
  }
  const at = style.relativeTo === undefined ? undefined : timeOf(value);
  if (at !== undefined) return relativeTime(at, style.relativeTo!);
  return disarm(plainText(value));
}

/** A text as it is, anything else as JSON: nothing becomes `[object Object]`. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? NOTHING);
}

/** The value at a path such as `observed.state`; undefined where the path ends early. */
export function valueAt(item: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }, item);
}
