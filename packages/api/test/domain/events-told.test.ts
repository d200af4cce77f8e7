import { expect, it } from 'vitest';
import {
  alarmEvents,
  connectionEvents,
  operationEvents,
  privateDnsEvents,
  tellings,
  toldByEntry,
} from '../../src/domain/events-told.ts';
import { allEventTypes } from '../../src/domain/event-types.ts';

it('when a type is in the ledger, something tells it', () => {
  const told = new Set<string | undefined>([
    ...Object.values(tellings).map((telling) => telling?.type),
    ...Object.values(connectionEvents),
    ...Object.values(operationEvents),
    ...Object.values(privateDnsEvents).filter((type) => type !== null),
    ...Object.values(alarmEvents).flatMap((types) => Object.values(types)),
  ]);
  expect(allEventTypes.filter((type) => !told.has(type))).toEqual([]);
});

const at = new Date('2026-03-01T12:00:00Z');
const about = { at, subjectId: 'cus_1', customerId: 'cus_1' };

it('when an entry tells of a state, the event has it, and nothing else of the snapshots', () => {
  const before = { state: 'active', name: 'Acme', contacts: ['a@example.com'] };
  const after = { ...before, state: 'suspended' };
  expect(toldByEntry({ action: 'suspendCustomer', ...about, before, after })).toEqual({
    type: 'customer.suspended',
    ...about,
    state: { before: 'active', after: 'suspended' },
    alarm: null,
  });
});

it('when the end of a change is told, its beginning is not', () => {
  const entry = { ...about, before: null, after: { proofId: 'prf_1' } };
  expect(toldByEntry({ action: 'submitProof', ...entry })).toBeNull();
});
