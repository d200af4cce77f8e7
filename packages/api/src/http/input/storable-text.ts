// Text that JSON allows and PostgreSQL cannot keep. Refused at the edge, where it can be named.

import type { FieldError } from '../../domain/errors.ts';
import { pointerStep } from './json-pointer.ts';

/**
 * Names each string, or key, that holds U+0000 or half of a surrogate pair. PostgreSQL refuses both
 * in text and jsonb (manual, "Character Types" and "JSON Types"), which would look like our defect.
 * @param value has passed its schema, so its depth is bounded
 */
export function unstorableText(value: unknown): FieldError[] {
  const found: FieldError[] = [];
  visit(value, '', found);
  return found;
}

/** Whether PostgreSQL can keep the text. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function visit(value: unknown, pointer: string, found: FieldError[]): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) found.push({ pointer, detail: complaint(pointer) });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const path = `${pointer}${pointerStep(key)}`;
    if (isStorable(key)) visit(member, path, found);
    else found.push({ pointer, detail: complaint(`${pointer}, one of its keys,`) });
  }
}

function complaint(where: string): string {
  return `\`${where.slice(1)}\` must not hold U+0000 or half of a surrogate pair`;
}
