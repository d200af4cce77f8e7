// docs/event-types.md, from the ledger of the domain: every event there is, and what it tells.

import { eventTypes } from '../../packages/api/src/domain/event-types.ts';
import type { Generator } from './generation.ts';

export const generator: Generator = {
  name: 'events page',
  outputs: async () => new Map([['docs/event-types.md', eventsPage()]]),
};

const head = `<!-- Written by \`pnpm generate\` from packages/api/src/domain/event-types.ts. -->
# Event types

What the feed and webhooks tell; [events.md](events.md) says how to read them. A type keeps its
meaning for ever, and new ones may come.

| type | tells |
|---|---|`;

/** The page, with a row for each type. */
export function eventsPage(): string {
  const rows = Object.entries(eventTypes).map(([type, tells]) => `| \`${type}\` | ${tells} |`);
  return `${[head, ...rows].join('\n')}\n`;
}
