import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/domain/event.ts';
import { isGivenUp, judge, payloadOf, wants, type Webhook } from '../../src/domain/webhook.ts';

const at = new Date('2026-03-01T12:00:00Z');
const webhook: Webhook = {
  id: 'whk_1',
  owner: 'vendor',
  customerId: null,
  targetUrl: 'https://hooks.example.com/',
  description: '',
  eventTypes: [],
  secrets: [],
  disabledSince: null,
  disabledReason: null,
  failingSince: null,
  createdAt: at,
  updatedAt: at,
};
const event: Event = {
  id: 'evt_1',
  type: 'connection.available',
  at,
  subject: { kind: 'connection', id: 'con_1' },
  customerId: 'cus_1',
  state: { before: 'pending', after: 'available' },
  alarm: null,
};

describe('which events a webhook gets', () => {
  it.each<[string, Partial<Webhook>, Partial<Event>, boolean]>([
    ['everything', {}, {}, true],
    ['its type', { eventTypes: ['grant.created', 'connection.available'] }, {}, true],
    ['its resource', { eventTypes: ['connection.*'] }, {}, true],
    ['another type', { eventTypes: ['connection.pending'] }, {}, false],
    ['a resource that begins alike', { eventTypes: ['connect.*'] }, {}, false],
    ['its customer', { customerId: 'cus_1' }, {}, true],
    ['another customer', { customerId: 'cus_2' }, {}, false],
    ['nobody in particular', { customerId: 'cus_1' }, { customerId: null }, false],
    ['what was before it', {}, { at: new Date(at.getTime() - 1) }, false],
    ['itself', {}, { subject: { kind: 'webhook', id: 'whk_1' } }, false],
  ])('when it is about %s, that decides', (_, terms, changes, wanted) => {
    expect(wants({ ...webhook, ...terms }, { ...event, ...changes })).toBe(wanted);
  });
});

describe('what becomes of a delivery', () => {
  it.each([
    [200, 0, 'delivered'],
    [204, 20, 'delivered'],
    [302, 0, 'again'],
    [404, 0, 'again'],
    [410, 0, 'gone'],
    [500, 19, 'again'],
    [500, 20, 'failed'],
    [null, 0, 'again'],
  ] as const)('when the status is %s after %i attempts, it is %s', (status, before, verdict) => {
    expect(judge({ at, status, durationMs: 1, error: null }, before)).toBe(verdict);
  });

  it('when nothing has arrived for more than five days, the address is given up', () => {
    const later = (ms: number) => new Date(at.getTime() + ms);
    expect(isGivenUp(null, at)).toBe(false);
    expect(isGivenUp(at, later(5 * 86_400_000))).toBe(false);
    expect(isGivenUp(at, later(5 * 86_400_000 + 1))).toBe(true);
  });
});

it('when an event is sent, it is small, also with the longest of names', () => {
  const alarm = { kind: 'contested_principal', subject: `arn:aws:iam::1:role/${'r'.repeat(600)}` };
  const long: Event = { ...event, alarm, state: { before: 'n'.repeat(255), after: null } };
  expect(Buffer.byteLength(payloadOf(long))).toBeLessThan(20_000);
});
