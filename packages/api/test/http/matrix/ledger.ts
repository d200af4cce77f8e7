// Reads the ledger of who may do what. What it says is written by hand, in ledger.txt.

import { readFileSync } from 'node:fs';

export const callerNames = [
  'no key',
  'malformed',
  'revoked',
  'expired',
  'other',
  'customer',
  'support',
  'operator',
] as const;
export type CallerName = (typeof callerNames)[number];

/** What a request is about, as seen by its caller. */
export type Side = 'own' | 'foreign' | 'absent';

const sidesOf = {
  nothing: ['own'],
  vendor: ['own', 'absent'],
  customer: ['own', 'foreign', 'absent'],
} as const satisfies Record<string, readonly Side[]>;

export interface Line {
  operationId: string;
  sides: readonly Side[];
  /** Null where none is needed, or none is there. */
  scope: string | null;
  outcomes: Record<CallerName, Partial<Record<Side, string>>>;
  /** On the listener for customers alone: what a customer gets there for its own, and staff. */
  listener: { customer: string; operator: string };
}

export const ledger: readonly Line[] = readFileSync(new URL('ledger.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map(lineOf);

export const lineOfOperation = (operationId: string): Line | undefined =>
  ledger.find((line) => line.operationId === operationId);

function lineOf(text: string): Line {
  const words = text.trim().split(/\s+/);
  const [operationId, about, scope, ...outcomes] = words as [string, keyof typeof sidesOf, string];
  const sides: readonly Side[] | undefined = sidesOf[about];
  const [customer, operator, ...more] = outcomes.splice(callerNames.length) as string[];
  if (!sides || operator === undefined || more.length > 0) {
    throw new Error(`No line of the ledger: ${text}`);
  }
  const cells = callerNames.map((name, at) => [name, bySide(sides, outcomes[at]!)]);
  return {
    operationId,
    sides,
    scope: scope === '-' ? null : scope,
    outcomes: Object.fromEntries(cells) as Line['outcomes'],
    listener: { customer: customer!, operator },
  };
}

/** A word for each side, or one for all of them. */
function bySide(sides: readonly Side[], cell: string) {
  const words = cell.split('/');
  if (words.length !== 1 && words.length !== sides.length) {
    throw new Error(`A cell has one word, or one for each of ${sides.join(', ')}: ${cell}`);
  }
  return Object.fromEntries(sides.map((side, at) => [side, words[at] ?? words[0]!]));
}
