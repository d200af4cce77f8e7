// How far a private DNS name is, in words: what it waits for, whose turn it is, and since when it
// should have gone on.

import { phaseStuckSince } from './deadline.ts';
import type { NextStep } from './check.ts';
import {
  endingOf,
  manages,
  standstill,
  type EndpointService,
  type Managed,
  type ObservedPrivateDns,
} from './endpoint-service.ts';
import {
  isNothing,
  isRecordGone,
  nextPrivateDnsStep,
  type PrivateDns,
  type PrivateDnsPhase,
  type PrivateDnsStep,
} from './private-dns.ts';
import { sightingsInWords, type Sighting } from './sighting.ts';

export const privateDnsStates = [
  'absent',
  'configuring',
  'publishing',
  'verifying',
  'verified',
  'failed',
  'blocked',
] as const satisfies readonly (PrivateDnsPhase | 'failed')[];
export type PrivateDnsState = (typeof privateDnsStates)[number];

/** Derived from what is wanted and what AWS shows. */
export interface PrivateDnsStatus {
  endpointServiceId: string;
  name: string | null;
  state: PrivateDnsState;
  message: string;
  /** What to do next, and who; null when there is nothing to do. */
  next: NextStep | null;
  record: { name: string; type: 'TXT'; value: string; zoneId: string | null } | null;
  awsState: string | null;
  /** Since when it is in this state; a verification that fails and begins anew is one state. */
  since: Date | null;
  /** Since when it should have gone on from this state. */
  stuckSince: Date | null;
  verifiedSince: Date | null;
  /** Since when a name that was verified is so no longer. */
  lostSince: Date | null;
  /** Where the value of the record was last looked for, and what was there. */
  sightings: Sighting[];
  observedAt: Date | null;
}

type Service = Managed & Pick<EndpointService, 'id' | 'observed' | 'observedAt'>;

export function privateDnsStatus(
  service: Service,
  wanted: PrivateDns | null,
  now: Date,
): PrivateDnsStatus {
  const observed = service.observed?.privateDns ?? null;
  const { state, message, next } = situation(service, wanted, now);
  // What was recorded of another phase tells nothing of this one.
  const current = wanted?.phase === phaseOf(state) ? wanted : null;
  const stuckSince = current && phaseStuckSince(current, now);
  return {
    endpointServiceId: service.id,
    name: wanted?.name ?? null,
    state,
    message: stuckSince ? stuckMessage(message, stuckSince, wanted) : message,
    next: next?.(service.id, stuckSince !== null) ?? null,
    record: recordToPublish(wanted, observed),
    awsState: observed?.state ?? null,
    since: current?.phaseSince ?? null,
    stuckSince,
    verifiedSince: wanted?.verifiedSince ?? null,
    lostSince: wanted?.lostSince ?? null,
    sightings: wanted?.sightings ?? [],
    observedAt: wanted?.observedAt ?? service.observedAt,
  };
}

/** The phase that is to be recorded of the name as it is now. */
export function currentPhase(service: Service, wanted: PrivateDns, now: Date): PrivateDnsPhase {
  return phaseOf(situation(service, wanted, now).state);
}

function phaseOf(state: PrivateDnsState): PrivateDnsPhase {
  return state === 'failed' ? 'verifying' : state;
}

type Next = (serviceId: string, stuck: boolean) => NextStep;

interface Situation {
  state: PrivateDnsState;
  message: string;
  next: Next | null;
}

function situation(service: Service, wanted: PrivateDns | null, now: Date): Situation {
  const observed = service.observed?.privateDns ?? null;
  if (!wanted || isNothing(wanted)) {
    return observed?.state === 'verified' ? verified(observed) : words.none(observed, null);
  }
  const ending = endingOf(service);
  if (ending !== null && wanted.name !== null) {
    return blocked(`AWS shows the service as ${ending}: nothing is changed.`, seeService);
  }
  const isThere = observed?.state === 'verified' && observed.name === wanted.name;
  if (!manages(service, 'privateDns')) return isThere ? verified(observed) : notManaged(service);
  if (wanted.problem && !isThere) return blocked(wanted.problem, mend);
  const next = nextPrivateDnsStep(wanted, observed, now);
  if (isThere && wanted.verifiedSince !== null) return verified(observed, wanted);
  if (next.step === 'wait' && next.reason === 'second_read') return unsettled(wanted);
  if (next.step === 'wait' && next.reason === 'service') {
    return waiting('configuring', 'AWS has not told yet which record it looks for.');
  }
  if (next.step === 'blocked' && isReadBefore(service, wanted)) {
    return waiting('configuring', 'AWS is about to be looked at again.');
  }
  return words[next.step](observed, wanted);
}

/** Somebody has asked for it anew since AWS was read: what was in the way then may be gone. */
function isReadBefore({ observedAt }: Service, { phaseSince }: PrivateDns): boolean {
  return phaseSince !== null && observedAt !== null && observedAt < phaseSince;
}

function verified(observed: ObservedPrivateDns, wanted: PrivateDns | null = null): Situation {
  const message = `AWS has verified ${observed.name}.`;
  if (!wanted || !isRecordGone(wanted)) return { state: 'verified', message, next: null };
  const gone = `Its record is gone from zone ${wanted.record!.zoneId}: AWS may look again.`;
  return { state: 'verified', message: `${message} ${gone}`, next: publishAgain };
}

function notManaged(service: Service): Situation {
  const still = standstill(service);
  if (still) return blocked(`The service stands still (${still}): nothing is changed.`, seeService);
  return blocked('Private DNS is in observe mode, so nothing is changed.', takeOver);
}

/** One read says otherwise than those before it: the next one, a second later, decides. */
function unsettled({ name, verifiedSince }: PrivateDns): Situation {
  if (name === null) {
    return waiting('configuring', 'A read does not show our name any more; a second is to agree.');
  }
  if (verifiedSince === null) {
    const message = 'AWS shows it verified; a second read is to agree.';
    return { state: 'verifying', message, next: wait };
  }
  const message = 'A read does not show it verified any more; a second one is to agree.';
  return { state: 'verified', message, next: wait };
}

const words: Record<
  PrivateDnsStep['step'],
  (observed: ObservedPrivateDns | null, wanted: PrivateDns | null) => Situation
> = {
  none: () => ({ state: 'absent', message: 'No private DNS name is wanted.', next: null }),
  set_name: () => waiting('configuring', 'The name is being set on the service.'),
  remove_name: () => waiting('configuring', 'What was set is being taken away.'),
  remove_record: () => waiting('configuring', 'What was set is being taken away.'),
  write_record: () => waiting('publishing', 'The TXT record is on its way.'),
  follow_change: () => waiting('publishing', 'The TXT record is on its way.'),
  start_verification: (_, wanted) =>
    verifying('verifying', 'AWS is about to be asked to verify.', wanted),
  wait: (observed, wanted) =>
    observed?.state === 'failed'
      ? verifying('failed', 'AWS did not find the record yet; it is asked again.', wanted)
      : verifying('verifying', 'AWS is looking for the record.', wanted),
  blocked: (observed) =>
    observed
      ? blocked(`The service has the name ${observed.name}, which was set by other hands.`, take)
      : blocked(
          'Other hands have taken the name away. It is set again once it is verified anew.',
          anew,
        ),
};

function verifying(
  state: 'verifying' | 'failed',
  message: string,
  wanted: PrivateDns | null,
): Situation {
  const seen = sightingsInWords(wanted?.sightings ?? []);
  const lost = wanted?.lostSince ? 'It was verified, and is so no longer.' : '';
  const told = [lost, message, seen].filter((sentence) => sentence !== '').join(' ');
  const gone = wanted !== null && isRecordGone(wanted);
  return { state, message: told, next: gone ? publishAgain : state === 'failed' ? look : wait };
}

function waiting(state: 'configuring' | 'publishing', message: string): Situation {
  return { state, message, next: wait };
}

function blocked(message: string, next: Next): Situation {
  return { state: 'blocked', message, next };
}

function stuckMessage(message: string, since: Date, wanted: PrivateDns | null): string {
  const restarted = wanted?.verificationStartedAt?.toISOString();
  const asked = restarted ? ` AWS was last asked to verify at ${restarted}.` : '';
  return `${message} It should have gone on by ${since.toISOString()}.${asked}`;
}

/** Of what AWS does by itself; when that takes too long, the last run tells what it met. */
const wait: Next = (id, stuck) =>
  stuck
    ? {
        actor: 'vendor',
        action: 'See what the last run of the worker met, and ask AWS support if it met nothing.',
        command: `sallyport targets list --endpoint-service-id ${id} --kind private_dns`,
      }
    : {
        actor: 'aws',
        action: 'Wait: AWS or a worker is at it.',
        command: `sallyport wait private-dns ${id}`,
      };

const vendor =
  (action: string, command: (id: string) => string | null): Next =>
  (id) => ({ actor: 'vendor', action, command: command(id) });

const verify = (id: string) => `sallyport services private-dns verify ${id}`;

const publishAgain = vendor('Find out who took the record away, and publish it again.', verify);
const look = vendor(
  'Make the record visible in public DNS: is the zone the one that the domain is delegated to?',
  verify,
);
const mend = vendor('Mend what the message says; then have it tried at once.', verify);
const takeOver = vendor(
  'Switch private DNS to manage.',
  (id) => `sallyport services set-modes ${id} --private-dns manage`,
);
const seeService = vendor(
  'See what has become of the service.',
  (id) => `sallyport services get ${id}`,
);
const take = vendor(
  'Want the name that is there, or have it taken away in AWS.',
  (id) => `sallyport services get ${id}`,
);
const anew = vendor(
  'Find out who took it away; then have it set again and verified, or delete it here.',
  verify,
);

/** The record as it was written, or as it is to be placed. */
export function recordToPublish(
  wanted: PrivateDns | null,
  observed: ObservedPrivateDns | null,
): PrivateDnsStatus['record'] {
  if (wanted?.record) {
    const { recordName: name, value, zoneId } = wanted.record;
    return { name, type: 'TXT', value, zoneId };
  }
  if (!observed?.label || !observed.value) return null;
  const name = `${observed.label}.${observed.name.replace(/^\*\./, '')}`;
  return { name, type: 'TXT', value: observed.value, zoneId: null };
}
