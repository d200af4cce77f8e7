import { expect, test } from 'vitest';
import { allEventTypes } from '../../packages/api/src/domain/event-types.ts';
import { eventsPage } from './events-page.ts';

test('when there is a type of event, the page has one row for it', () => {
  const lines = eventsPage().split('\n');
  for (const type of allEventTypes) {
    expect(lines.filter((line) => line.startsWith(`| \`${type}\` | `))).toHaveLength(1);
  }
});
