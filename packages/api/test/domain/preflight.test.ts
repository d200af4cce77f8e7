import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import {
  manageAll,
  observeAll,
  type EndpointService,
  type ObservedService,
} from '../../src/domain/endpoint-service.ts';
import type { Grant } from '../../src/domain/grant.ts';
import { preflight, type PreflightFacts } from '../../src/domain/preflight.ts';
import { unread } from '../../src/domain/read-tier.ts';
import type { Wish } from '../../src/domain/wish.ts';

const at = new Date('2026-03-01T12:00:00Z');
const dates = { createdAt: at, updatedAt: at };
const root = 'arn:aws:iam::222222222222:root';

const service = {
  id: 'svc_1',
  name: 'Example API',
  region: 'us-east-1',
  serviceId: 'vpce-svc-1',
  serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-1',
  modes: manageAll,
  observed: {
    state: 'available',
    acceptanceRequired: true,
    availabilityZoneIds: ['use1-az1', 'use1-az2'],
    networkLoadBalancerArns: [],
    privateDns: { name: 'api.vendor.example', state: 'verified', label: null, value: null },
  },
  observedAt: at,
  problem: null,
  frozenSince: null,
  retiringSince: null,
  quarantine: null,
  reads: unread,
  ...dates,
} as unknown as EndpointService;
const grant = {
  id: 'grt_1',
  accountIds: [],
  roleNames: [],
  acceptance: 'automatic',
  connectionsMax: null,
  endpointRegions: [],
  dns: null,
  expiresAt: null,
} as unknown as Grant;
const subnet = {
  subnetId: 'subnet-1',
  availabilityZoneId: 'use1-az1',
  availableIpAddressCount: 20,
};
const other = { ...subnet, subnetId: 'subnet-2', availabilityZoneId: 'use1-az2' };
const wish: Wish = {
  accountId: '222222222222',
  region: 'us-east-1',
  availabilityZoneIds: [],
  subnets: [subnet, other],
  dnsSupport: true,
  dnsHostnames: true,
  roleName: null,
  dns: 'endpoint',
};
const well: PreflightFacts = {
  wish,
  now: at,
  customer: { id: 'cus_1', name: 'Acme', externalId: 'acme', state: 'active' } as Customer,
  account: { accountId: '222222222222', standing: 'proven' } as Account,
  grant,
  service,
  principals: [{ arn: root, state: 'allowed' }],
  isOpen: false,
  liveConnections: null,
};

const wishing = (changes: Partial<Wish>) => ({ ...well, wish: { ...wish, ...changes } });
const granting = (changes: Partial<Grant>) => ({ ...well, grant: { ...grant, ...changes } });
const serving = (changes: Partial<EndpointService>) => ({
  ...well,
  service: { ...service, ...changes },
});
const seen = (changes: Partial<ObservedService>) =>
  serving({ observed: { ...service.observed!, ...changes } });

it('when nothing stands in the way, it is ready and nobody has to do anything', () => {
  const { ready, turn, next, checks, availabilityZoneIds } = preflight(well);
  expect([ready, turn, next]).toEqual(['yes', 'nobody', null]);
  expect(checks.map(({ result }) => result)).toEqual(checks.map(() => 'pass'));
  expect(availabilityZoneIds).toEqual(['use1-az1', 'use1-az2']);
});

describe('one thing is otherwise', () => {
  it.each<[string, PreflightFacts, string, string, string]>([
    ['the account is nobody’s', { ...well, account: null }, 'account', 'fail', 'customer'],
    [
      'the account has lapsed',
      { ...well, account: { accountId: '222222222222', standing: 'lapsed' } as Account },
      'account',
      'fail',
      'customer',
    ],
    [
      'the customer is suspended',
      { ...well, customer: { ...well.customer!, state: 'suspended' } },
      'account',
      'fail',
      'vendor',
    ],
    ['there is no grant', { ...well, grant: null }, 'grant', 'fail', 'vendor'],
    [
      'the grant is of another account',
      granting({ accountIds: ['333333333333'] }),
      'grant',
      'fail',
      'vendor',
    ],
    ['the grant has ended', granting({ expiresAt: at }), 'grant', 'fail', 'vendor'],
    [
      'the grant is for another region',
      granting({ endpointRegions: ['eu-west-1'] }),
      'grant',
      'fail',
      'customer',
    ],
    [
      'as many are connected as may be',
      { ...granting({ connectionsMax: 2 }), liveConnections: 2 },
      'limit',
      'fail',
      'vendor',
    ],
    ['nobody is on the allowlist', { ...well, principals: [] }, 'principal', 'fail', 'vendor'],
    [
      'the entry was removed by others',
      { ...well, principals: [{ arn: root, state: 'contested' }] },
      'principal',
      'fail',
      'vendor',
    ],
    [
      'the entry is on its way',
      { ...well, principals: [{ arn: root, state: 'pending' }] },
      'principal',
      'unknown',
      'vendor',
    ],
    ['the service has failed', seen({ state: 'failed' }), 'service', 'fail', 'vendor'],
    ['nobody has seen the service', serving({ observed: null }), 'service', 'unknown', 'vendor'],
    ['the service is retired', serving({ retiringSince: at }), 'service', 'fail', 'vendor'],
    ['the region is another', wishing({ region: 'eu-west-1' }), 'region', 'unknown', 'vendor'],
    ['no zone is named', wishing({ subnets: [] }), 'zones', 'unknown', 'customer'],
    [
      'no zone is shared',
      wishing({ subnets: [{ ...subnet, availabilityZoneId: 'use1-az6' }] }),
      'zones',
      'fail',
      'customer',
    ],
    [
      'one zone is not shared',
      wishing({ subnets: [subnet, { ...other, availabilityZoneId: 'use1-az6' }] }),
      'zones',
      'warn',
      'customer',
    ],
    ['it is in one zone alone', wishing({ subnets: [subnet] }), 'zones', 'warn', 'customer'],
    [
      'two subnets are in one zone',
      wishing({ subnets: [subnet, { ...other, availabilityZoneId: 'use1-az1' }, other] }),
      'subnets',
      'fail',
      'customer',
    ],
    [
      'a subnet is full',
      wishing({ subnets: [subnet, { ...other, availableIpAddressCount: 0 }] }),
      'subnets',
      'fail',
      'customer',
    ],
    [
      'nobody says how full a subnet is',
      wishing({ subnets: [subnet, { ...other, availableIpAddressCount: null }] }),
      'subnets',
      'unknown',
      'customer',
    ],
    [
      'the name is not verified',
      seen({ privateDns: { ...service.observed!.privateDns!, state: 'pendingVerification' } }),
      'private_dns',
      'warn',
      'vendor',
    ],
    ['DNS is off in the VPC', wishing({ dnsSupport: false }), 'vpc_dns', 'fail', 'customer'],
    [
      'nobody says whether DNS is on',
      wishing({ dnsHostnames: null }),
      'vpc_dns',
      'unknown',
      'customer',
    ],
    [
      'the zone of a hub takes the attributes too',
      wishing({ dns: 'hosted-zone', dnsHostnames: false }),
      'vpc_dns',
      'fail',
      'customer',
    ],
    ['a person accepts', granting({ acceptance: 'manual' }), 'acceptance', 'warn', 'vendor'],
    ['others accept', serving({ modes: observeAll }), 'acceptance', 'warn', 'vendor'],
    ['the service is frozen', serving({ frozenSince: at }), 'acceptance', 'warn', 'vendor'],
  ])('when %s, that check says so and whose turn it is', (_, facts, name, result, actor) => {
    const told = preflight(facts);
    const odd = told.checks.filter((check) => check.result !== 'pass');
    const first = odd.find((check) => check.name === name);
    expect([first?.result, first?.next?.actor]).toEqual([result, actor]);
    const ready = { fail: 'no', unknown: 'unknown', warn: 'yes' }[result];
    expect(told.ready).toBe(ready);
    if (odd.length === 1) expect(told.next).toEqual(first!.next);
  });
});

describe('an allowlist of roles', () => {
  const principals = [{ arn: 'arn:aws:iam::222222222222:role/Network', state: 'allowed' } as const];
  it.each([
    ['Network', 'pass'],
    ['Deploy', 'fail'],
    [null, 'unknown'],
  ])('when %s makes the endpoint, the check is a %s', (roleName, result) => {
    const { checks } = preflight({ ...wishing({ roleName }), principals });
    expect(checks.find(({ name }) => name === 'principal')?.result).toBe(result);
  });
});

describe('another Region', () => {
  const across = (zone: string) => ({
    ...wishing({ region: 'eu-west-1', subnets: [{ ...subnet, availabilityZoneId: zone }] }),
    grant: { ...grant, endpointRegions: ['eu-west-1'] },
  });

  it('when the grant names it, zones need not be those of the service', () => {
    expect(preflight(across('euw1-az1')).ready).toBe('yes');
  });

  it('when AWS offers no endpoint across Regions in the zone, it fails', () => {
    const told = preflight(across('use1-az3'));
    expect([told.ready, told.availabilityZoneIds]).toEqual(['no', []]);
  });
});

it('when names are resolved by nobody, neither the name nor the VPC matters', () => {
  const { privateDns: _, ...observed } = service.observed!;
  const unverified = { name: 'x.example', state: 'failed', label: null, value: null } as const;
  const told = preflight({
    ...wishing({ dns: 'none', dnsSupport: null, dnsHostnames: false }),
    service: { ...service, observed: { ...observed, privateDns: unverified } },
  });
  expect(told.ready).toBe('yes');
});
