// What was sent is judged by what was so when its intent was stored, and by nothing else.

import { expect, it } from 'vitest';
import type { EffectFacts, Facts, ServiceFacts } from './facts.ts';
import { allowlistInvariants } from './invariants/allowlists.ts';
import type { Intent, Invariant, Moment } from './invariants/invariant.ts';
import { serviceInvariants } from './invariants/services.ts';

const arn = 'arn:aws:iam::222222222222:root';

const factsWith = (given: Partial<Facts>): Facts => ({
  at: 0,
  customers: [{ id: 'cus_1', state: 'active', suspensionPolicy: null, offboardingPolicy: null }],
  accounts: [
    { id: 'acct_1', customerId: 'cus_1', accountId: '222222222222', standing: 'attested' },
  ],
  grants: [],
  services: [serviceWith({})],
  principals: [],
  connections: [],
  effects: [],
  audits: [],
  targets: [],
  deployment: { id: 'dep_1', epoch: 0, quarantine: null },
  ...given,
});

function serviceWith(given: Partial<ServiceFacts>): ServiceFacts {
  return {
    id: 'svc_1',
    serviceId: 'vpce-svc-1',
    modes: { principals: 'manage', acceptance: 'manage', privateDns: 'manage' },
    frozen: false,
    quarantine: null,
    retiring: false,
    retired: false,
    onExternalRemoval: 'hold',
    observedAt: null,
    principalsReadAt: null,
    dnsName: null,
    shownName: null,
    ...given,
  };
}

const grant: Facts['grants'][number] = {
  id: 'grt_1',
  customerId: 'cus_1',
  serviceId: 'svc_1',
  roleNames: [],
  acceptance: 'manual',
  expiresAt: null,
  ended: false,
};
const ended = factsWith({ grants: [{ ...grant, ended: true }] });
const granted = factsWith({ grants: [grant] });
const frozen = { services: [serviceWith({ frozen: true })] };

function effect(id: string, action: string, request: EffectFacts['request']): EffectFacts {
  return {
    id,
    kind: 'principals',
    action,
    serviceId: 'svc_1',
    request,
    open: false,
    outcome: null,
  };
}

const mark = (id: string, epoch: number) =>
  effect(id, 'mark_service', { mark: `dep_${'0'.repeat(26)}/${epoch}` });

/** What breaks it, of one intent, with the same before and after the event. */
function broken(invariants: Invariant[], name: string, around: Facts, intent: Intent): string[] {
  const moment = { before: around, now: around, intents: [intent] } as unknown as Moment;
  return invariants.find((one) => one.name === name)!.broken(moment);
}

it('when a grant has come and gone since, what it wanted meanwhile may be added', () => {
  const add = effect('eff_1', 'change_principals', { add: [arn], remove: [] });
  const judge = (around: Facts, facts: Facts) =>
    broken(allowlistInvariants, 'adds-what-is-wanted', around, { ...add, facts, hasMarked: false });
  expect(judge(ended, granted)).toEqual([]);
  expect(judge(granted, ended)).toEqual([`${arn} on svc_1`]);
});

it('when a service was frozen since, a run that marked it mends the mark, and takes no new', () => {
  const facts = factsWith({ ...frozen, effects: [mark('eff_1', 13), mark('eff_2', 14)] });
  const judge = (epoch: number, hasMarked: boolean) => {
    const intent = { ...mark('eff_3', epoch), facts, hasMarked };
    return broken(serviceInvariants, 'observes-only', facts, intent);
  };
  expect(judge(14, true)).toEqual([]);
  expect(judge(15, true)).toEqual(['mark_service on svc_1']);
  expect(judge(14, false)).toEqual(['mark_service on svc_1']);
});
