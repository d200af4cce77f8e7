import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standings, type Account } from '../../src/domain/account.ts';
import { connectionStates, decisions, type Connection } from '../../src/domain/connection.ts';
import { customerStates, type Customer } from '../../src/domain/customer.ts';
import { diagnose } from '../../src/domain/diagnosis.ts';
import type { DiagnosisFacts } from '../../src/domain/diagnosis-facts.ts';
import { manageAll, observeAll, type EndpointService } from '../../src/domain/endpoint-service.ts';
import type { Grant } from '../../src/domain/grant.ts';
import { principalStates } from '../../src/domain/principal.ts';
import type { Observation } from '../../src/domain/observation.ts';
import { seenParts } from '../../src/domain/seen-parts.ts';
import { unread } from '../../src/domain/read-tier.ts';

const at = new Date('2026-03-01T12:00:00Z');
const dates = { createdAt: at, updatedAt: at };

const connection = {
  id: 'con_1',
  endpointServiceId: 'svc_1',
  vpcEndpointId: 'vpce-1',
  ownerAccountId: '222222222222',
  endpointRegion: 'us-east-1',
  customerId: 'cus_1',
  state: 'available',
  awsState: 'available',
  decision: 'accept',
  decidedBy: 'policy',
  decisionReason: null,
  holdReason: null,
  createdAt: at,
  firstSeenAt: at,
  stateSince: at,
  observedAt: at,
} as Connection;
const waiting = {
  state: 'pendingAcceptance',
  awsState: 'pendingAcceptance',
  decision: 'undecided',
  decidedBy: null,
} as const;
const service: EndpointService = {
  id: 'svc_1',
  name: 'Example API',
  providerAccountId: 'pacc_1',
  region: 'us-east-1',
  serviceId: 'vpce-svc-1',
  serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-1',
  networkLoadBalancerArns: [],
  modes: manageAll,
  observed: {
    state: 'available',
    acceptanceRequired: true,
    availabilityZoneIds: ['use1-az1'],
    networkLoadBalancerArns: [],
    privateDns: null,
  },
  observedAt: at,
  problem: null,
  stateSince: null,
  frozenSince: null,
  frozenReason: null,
  retiringSince: null,
  retireReason: null,
  retiredAt: null,
  quarantine: null,
  onExternalRemoval: 'hold',
  reads: unread,
  ...dates,
};
const customer = { id: 'cus_1', externalId: 'acme', name: 'Acme', state: 'active' } as Customer;
const account = { id: 'acct_1', accountId: '222222222222', standing: 'proven' } as Account;
const grant = { id: 'grt_1', accountIds: [], endpointRegions: [] as string[] } as unknown as Grant;
const root = 'arn:aws:iam::222222222222:root';

const observation: Observation = {
  id: 'obs_1',
  connectionId: 'con_1',
  customerId: 'cus_1',
  source: 'script',
  observedAt: at,
  receivedAt: at,
  report: {
    vantage: 'bastion',
    network: {
      vpcId: 'vpc-1',
      availabilityZoneIds: ['use1-az1'],
      privateDnsEnabled: true,
      dnsSupport: true,
      dnsHostnames: true,
    },
    dns: {
      name: 'api.vendor.example',
      outcome: 'answered',
      addresses: ['10.0.1.17'],
      resolver: null,
    },
    tcp: [{ address: '10.0.1.17', port: 443, outcome: 'connected', latencyMs: 2 }],
    tls: {
      serverName: 'api.vendor.example',
      outcome: 'negotiated',
      version: 'TLSv1.3',
      alpn: null,
    },
    certificate: { names: ['*.vendor.example'], expiresAt: '2027-01-01T00:00:00Z', trusted: true },
    securityGroups: { ids: ['sg-1'], port: 443, ingress: 'open', egress: 'open' },
  },
};

const refusal = { vpcEndpointId: 'vpce-1', code: 'InvalidState', message: 'No.', at };

/** All that others can see of a connection that works. */
const wellSeen = {
  now: at,
  isDisputed: false,
  dns: 'endpoint',
  privateDns: null,
  seen: seenParts([observation], { stateSince: at }, at),
  backend: {
    observedAt: at,
    problem: null,
    loadBalancers: [
      {
        loadBalancerArn: 'arn:nlb',
        listeners: [
          {
            port: 443,
            protocol: 'TCP',
            groups: [{ targetGroupArn: 'arn:tg', healthy: 2, total: 2, reasons: [] }],
          },
        ],
      },
    ],
  },
  traffic: { observedAt: at, windowSeconds: 3_600, bytes: 9, newConnections: 1, resets: 0 },
} satisfies Partial<DiagnosisFacts>;

/** What differs from a connection that works. */
interface Changes {
  connection?: Partial<Connection>;
  stuckSince?: Date;
  service?: Partial<EndpointService>;
  serviceState?: string;
  dnsState?: string;
  customer?: Partial<Customer> | null;
  account?: Partial<Account> | null;
  grant?: Partial<Grant> | null;
  grantHasEnded?: boolean;
  refusal?: DiagnosisFacts['refusal'];
  principals?: DiagnosisFacts['principals'];
}

function facts(changes: Changes): DiagnosisFacts {
  const privateDns = changes.dnsState
    ? { name: 'api.vendor.example', state: changes.dnsState, label: '_a', value: 'v' }
    : null;
  const observed = { ...service.observed!, privateDns, state: changes.serviceState ?? 'available' };
  const merge = <Part>(part: Part, change: Partial<Part> | null = {}) =>
    change && { ...part, ...change };
  return {
    connection: { ...connection, ...changes.connection },
    stuckSince: changes.stuckSince ?? null,
    history: [],
    service: { ...service, observed, ...changes.service } as EndpointService,
    customer: merge(customer, changes.customer),
    account: merge(account, changes.account),
    grant: merge(grant, changes.grant),
    grantHasEnded: changes.grantHasEnded ?? false,
    refusal: changes.refusal ?? null,
    ...wellSeen,
    principals: changes.principals ?? [{ arn: root, state: 'allowed' }],
  };
}

/** What people are told: whether it works, whose turn it is, and the check that says so. */
const golden: [cause: string, changes: Changes, expected: string][] = [
  ['all is well', {}, 'yes, nobody'],
  ['its DNS name is verified', { dnsState: 'verified' }, 'yes, nobody'],
  ['its DNS name is not verified', { dnsState: 'failed' }, 'yes, nobody; warn private_dns: vendor'],
  ['no entry is on the allowlist', { principals: [] }, 'yes, nobody; warn principal: vendor'],
  [
    'the entry is contested',
    { principals: [{ arn: root, state: 'contested' }] },
    'yes, nobody; warn principal: vendor',
  ],
  [
    'other hands made the entry',
    { principals: [{ arn: root, state: 'unmanaged' }] },
    'yes, nobody',
  ],
  [
    'the proof has lapsed',
    { account: { standing: 'lapsed' } },
    'yes, nobody; warn account: customer',
  ],
  [
    'the owner is nobody we know',
    { account: null, customer: null, grant: null },
    'yes, nobody; warn account: customer; warn grant: vendor',
  ],
  ['the grant was taken away', { grant: null }, 'yes, nobody; warn grant: vendor'],
  [
    'the customer leaves',
    { customer: { state: 'offboarding' } },
    'yes, nobody; warn account: vendor',
  ],
  [
    'AWS shows the service as gone',
    { serviceState: 'missing' },
    'no, vendor; fail service: vendor',
  ],
  [
    'the service is changing',
    { serviceState: 'pending' },
    'unknown, vendor; unknown service: vendor',
  ],
  [
    'the service was never seen',
    { service: { observed: null } },
    'unknown, vendor; unknown service: vendor',
  ],
  [
    'it is only just asked for',
    { connection: waiting },
    'unknown, vendor; unknown acceptance: vendor; unknown connection: vendor',
  ],
  [
    'nobody knows who asks',
    { connection: waiting, account: null, customer: null, grant: null },
    'no, customer; fail account: customer; fail grant: vendor; ' +
      'unknown acceptance: vendor; unknown connection: vendor',
  ],
  [
    'its account has lapsed before it was let in',
    {
      connection: { ...waiting, holdReason: 'account_without_standing' },
      account: { standing: 'lapsed' },
    },
    'no, customer; fail account: customer; fail acceptance: customer; unknown connection: vendor',
  ],
  [
    'its account is only claimed',
    { connection: waiting, account: { standing: 'claimed' } },
    'no, customer; fail account: customer; unknown acceptance: vendor; unknown connection: vendor',
  ],
  [
    'the customer leaves before it was let in',
    { connection: waiting, customer: { state: 'offboarding' } },
    'no, vendor; fail account: vendor; unknown acceptance: vendor; unknown connection: vendor',
  ],
  [
    'no grant covers the account',
    { connection: waiting, grant: { accountIds: ['333333333333'] } },
    'no, vendor; fail grant: vendor; unknown acceptance: vendor; unknown connection: vendor',
  ],
  [
    'the grant has ended',
    { connection: { ...waiting, holdReason: 'grant_expired' }, grantHasEnded: true },
    'no, vendor; fail grant: vendor; fail acceptance: vendor; unknown connection: vendor',
  ],
  ['the grant has ended and it is up', { grantHasEnded: true }, 'yes, nobody; warn grant: vendor'],
  [
    'the grant is for other Regions',
    {
      connection: { ...waiting, holdReason: 'region_not_allowed' },
      grant: { endpointRegions: ['eu-west-1'] },
    },
    'no, customer; fail grant: customer; fail acceptance: customer; unknown connection: vendor',
  ],
  [
    'AWS does not accept it',
    { connection: { ...waiting, decision: 'accept', decidedBy: 'policy' }, refusal },
    'no, vendor; fail acceptance: vendor; unknown connection: vendor',
  ],
  ['AWS did not accept it at first, and it is up', { refusal }, 'yes, nobody'],
  [
    'policy holds it',
    { connection: { ...waiting, holdReason: 'connection_limit' } },
    'no, vendor; fail acceptance: vendor; unknown connection: vendor',
  ],
  [
    'acceptance is in observe mode',
    { connection: waiting, service: { modes: observeAll } },
    'no, vendor; fail acceptance: vendor; unknown connection: vendor',
  ],
  [
    'it is accepted and AWS is working',
    { connection: { state: 'pending', awsState: 'pending' } },
    'unknown, aws; unknown connection: aws',
  ],
  [
    'it is accepted and AWS has been working for too long',
    { connection: { state: 'pending', awsState: 'pending' }, stuckSince: at },
    'unknown, vendor; unknown connection: vendor',
  ],
  [
    'AWS shows a state that is new to us',
    { connection: { state: 'unknown', awsState: 'pondering' } },
    'unknown, aws; unknown connection: aws',
  ],
  [
    'it was rejected by us',
    { connection: { decision: 'reject', state: 'rejected', awsState: 'rejected' } },
    'no, vendor; fail acceptance: vendor; fail connection: customer',
  ],
  [
    'it was rejected by other hands',
    { connection: { decision: 'undecided', state: 'rejected', awsState: 'rejected' } },
    'no, vendor; fail acceptance: vendor; fail connection: customer',
  ],
  [
    'it was rejected by other hands after we accepted it',
    { connection: { state: 'rejected', awsState: 'rejected' } },
    'no, customer; fail connection: customer',
  ],
  [
    'nobody accepted it in time',
    { connection: { decision: 'undecided', state: 'expired', awsState: 'expired' } },
    'no, customer; fail connection: customer',
  ],
  [
    'the customer deleted it',
    { connection: { state: 'deleted', awsState: 'deleted' } },
    'no, customer; fail connection: customer',
  ],
  [
    'other hands accepted it',
    { connection: { decision: 'undecided', decidedBy: null } },
    'yes, nobody',
  ],
];

function told(changes: Changes): string {
  const { works, turn, checks } = diagnose(facts(changes));
  const open = checks.filter(({ result }) => result !== 'pass' && result !== 'skipped');
  const texts = open.map(({ name, result, next }) => `${result} ${name}: ${next!.actor}`);
  return [`${works}, ${turn}`, ...texts].join('; ');
}

describe('diagnose', () => {
  it.each(golden)('when %s, it says so', (_, changes, expected) => {
    expect(told(changes)).toBe(expected);
  });

  it('when it waits for acceptance, nothing claims that it was accepted', () => {
    const accepted = (change: Partial<Connection>) =>
      diagnose(facts({ connection: { decision: 'undecided', decidedBy: null, ...change } }))
        .checks.map(({ evidence }) => evidence)
        .some((evidence) => evidence.startsWith('Accepted'));
    const never = ['pendingAcceptance', 'rejected', 'expired', 'deleted', 'deleting', 'failed'];
    const states = connectionStates.filter((state) => accepted({ state, awsState: state }));
    expect(states.filter((state) => never.includes(state))).toEqual([]);
    expect(states).toContain('available');
  });

  it.each(['unpaid', 'unpaid.'])('when a decision had the reason %j, it is told', (reason) => {
    const rejected = { decision: 'reject', decidedBy: 'key_1', decisionReason: reason } as const;
    const { summary } = diagnose(facts({ connection: rejected }));
    expect(summary).toBe('The connection was rejected by key_1: unpaid.');
  });

  it.each(['configuring', 'publishing', 'verifying', 'failed', 'blocked'])(
    'when its DNS name is %s and clients cannot resolve it, the vendor is told that stage',
    (state) => {
      const outcome = 'no_such_name' as const;
      const report = { ...observation.report.dns!, outcome, addresses: [] };
      const dns = { part: report, observedAt: at, vantage: null };
      const given = facts({ dnsState: 'pendingVerification' });
      const stage = { privateDns: { state, message: null }, seen: { ...given.seen, dns } };
      const { works, turn, summary, path } = diagnose({ ...given, ...stage });
      expect([works, turn]).toEqual(['no', 'vendor']);
      expect(summary).toContain(`api.vendor.example is ${state}`);
      expect(path.hops.find(({ isBroken }) => isBroken)!.name).toBe('dns');
    },
  );

  it('when an endpoint is of another Region, its zones are not compared', () => {
    const { checks } = diagnose(facts({ connection: { endpointRegion: 'eu-west-1' } }));
    expect(checks.find(({ name }) => name === 'zones')!.result).toBe('skipped');
  });

  it('when it came through other states, the evidence has the last of them', () => {
    const ways = (['pendingAcceptance', 'pending', 'available'] as const).map((to) => ({ to }));
    const evidence = (history: DiagnosisFacts['history']) =>
      diagnose({ ...facts({}), history }).checks.find((one) => one.name === 'connection')!.evidence;
    expect(evidence(ways)).toMatch(/, after pendingAcceptance, pending\.$/);
    expect(evidence(ways.slice(-1))).toMatch(/Z\.$/);
    expect(evidence([...ways, ...ways])).toMatch(/, after ... pending, available, pendingAccep/);
  });

  it('when it works all the same, what is to be mended is still the next step', () => {
    const { summary, next } = diagnose(facts({ principals: [] }));
    expect(summary).toBe('Connection vpce-1 is available.');
    expect(next?.command).toBe('sallyport services plan svc_1');
  });

  it('when AWS says what is wrong with the service, its words are told', () => {
    const changes = { serviceState: 'missing', service: { problem: 'It was deleted.' } };
    const { checks } = diagnose(facts(changes));
    expect(checks.find(({ name }) => name === 'service')?.evidence).toBe('It was deleted.');
  });

  it('when facts are any, what is told agrees with the checks', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        const { works, turn, next, checks, summary } = diagnose(facts(changes));
        const first = ['fail', 'unknown'].map((r) => checks.find(({ result }) => result === r));
        const [failed, unknown] = first;
        expect(works).toBe(failed ? 'no' : unknown ? 'unknown' : 'yes');
        const open = failed ?? unknown;
        const said = open ? [open.evidence, open.next?.actor] : [expect.any(String), 'nobody'];
        expect([summary, turn]).toEqual(said);
        expect(next).toEqual(open?.next ?? checks.find((check) => check.next)?.next ?? null);
      }),
    );
  });

  it('when facts are any, each check that does not pass says who is to do what', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        for (const { result, next, evidence } of diagnose(facts(changes)).checks) {
          expect(evidence).toMatch(/^\S.*\.$/);
          const isFine = result === 'pass' || result === 'skipped';
          const action = isFine ? undefined : expect.stringMatching(/^\S.*\.$/);
          expect(next?.action).toEqual(action);
        }
      }),
    );
  });

  it('when facts are any, only an available connection works', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        const { works } = diagnose(facts(changes));
        expect(works === 'yes' && changes.connection?.state !== 'available').toBe(false);
      }),
    );
  });
});

const anyChanges: fc.Arbitrary<Changes> = fc.record({
  connection: fc
    .record({
      state: fc.constantFrom(...connectionStates),
      decision: fc.constantFrom(...decisions),
      holdReason: fc.option(fc.constant('no_grant')),
    })
    .map((change) => ({ ...change, awsState: change.state })),
  serviceState: fc.constantFrom('pending', 'available', 'deleting', 'failed', 'missing', 'unknown'),
  service: fc.constantFrom({}, { modes: observeAll }, { observed: null }),
  customer: fc.option(fc.record({ state: fc.constantFrom(...customerStates) })),
  account: fc.option(fc.record({ standing: fc.constantFrom(...standings) })),
  grant: fc.option(
    fc.constantFrom({}, { accountIds: ['333333333333'] }, { endpointRegions: ['eu-west-1'] }),
  ),
  grantHasEnded: fc.boolean(),
  principals: fc.array(
    fc.record({ arn: fc.constant(root), state: fc.constantFrom(...principalStates) }),
    { maxLength: 2 },
  ),
});
