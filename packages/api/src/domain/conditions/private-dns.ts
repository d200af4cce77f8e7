// A private DNS name: is it verified, does that take its time, can its record be seen.

import type { PrivateDnsState, PrivateDnsStatus } from '../private-dns-status.ts';
import { condition, onTime, type Condition } from './condition.ts';

type Facts = Pick<
  PrivateDnsStatus,
  'state' | 'message' | 'next' | 'since' | 'stuckSince' | 'sightings' | 'record'
>;

const unready: readonly PrivateDnsState[] = ['absent', 'failed', 'blocked'];

export function privateDnsConditions(facts: Facts): Condition[] {
  const { state, message, next, since, stuckSince, record } = facts;
  const isReady = state === 'verified' || (unready.includes(state) ? false : 'unknown');
  const ready = condition('ready', isReady, { reason: state, message, since, next });
  const all = [ready, onTime(stuckSince, since)];
  return record ? [...all, recordSeen(facts)] : all;
}

/** By the places that were asked last: one that has it is enough for `true`. */
function recordSeen({ sightings }: Pick<Facts, 'sightings'>): Condition {
  const since = sightings.map(({ at }) => at).toSorted((a, b) => b.getTime() - a.getTime())[0];
  const has = (outcome: string) => sightings.some((sighting) => sighting.outcome === outcome);
  const told = (reason: string, message: string) => ({ reason, message, since: since ?? null });
  if (has('found')) return condition('record_seen', true, told('found', 'The record was seen.'));
  const missing = told('missing', 'Where it was looked for, the record is not there.');
  if (has('missing')) return condition('record_seen', false, missing);
  const message = 'Nobody has looked for the record yet, or could.';
  return condition('record_seen', 'unknown', told('not_looked', message));
}
