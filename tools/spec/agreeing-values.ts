// Values of examples that have to agree with others of the same example: what has ended well has no
// error, and a count is that of its list.

import type { Sighting } from '../../packages/api/src/domain/sighting.ts';
import { pass, seenAt } from '../../packages/api/src/domain/check.ts';
import {
  accountAs,
  connectionAs,
  grantInForce,
  pathAs,
  principalAs,
  privateDnsAs,
  serviceAs,
} from './derived-values.ts';

const made = '01kaqy0v5ne4rvk3z4m5t6w7x8';
const random = '0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2Yz3Ab4Cd5Ef6';
const began = '2026-11-23T11:57:00Z';
const now = '2026-11-23T12:00:00Z';
const role = 'arn:aws:iam::222222222222:role/network';
const soon = '2026-11-23T12:01:00Z';
const up = '2026-11-23T11:58:00Z';

const managed = { principals: 'manage', acceptance: 'manage', private_dns: 'manage' };
const allowed = {
  allowed_by: `key_${made}`,
  allowed_reason: 'Contract 2026-117',
  allowed_at: began,
};
const membersOf = (schema: string, members: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [`${schema}.${name}`, value]));

const staffKey = {
  customer_id: null,
  endpoint_service_ids: [],
  hint: 'sallyport_support_0Ab1Cd',
  name: 'Support desk',
  role: 'support',
};
const stays = { suspension_policy: null, offboarding_policy: null, drain_until: null };

const byPolicy = { decision: 'accept', decidedBy: 'policy', decisionReason: null } as const;

const record = {
  name: '_6e86v84tqgqubxbwii1m.api.vendor.example',
  type: 'TXT',
  value: 'vpce:aHR0cHM6Ly9leGFtcGxl',
  zoneId: 'Z0123456789ABCDEFGHIJ',
} as const;
const sightings: Sighting[] = [
  {
    where: `zone ${record.zoneId}`,
    outcome: 'found',
    otherValues: [],
    problem: null,
    at: new Date(now),
  },
];
const verified = privateDnsAs('verified', 'AWS has verified api.vendor.example.', {
  since: new Date(up),
  record,
  sightings,
});

const seen = (name: string, evidence: string) => seenAt(pass(name, evidence), new Date(now));
const found = {
  summary: 'Connection vpce-0a1b2c3d4e5f60718 is available.',
  ...pathAs([
    pass('account', 'Account 222222222222 of Acme Inc is proven.'),
    pass('grant', `Grant grt_${made} covers the account.`),
    seen('service', 'The service is available.'),
    seen('connection', `AWS shows "available" since ${up}.`),
    seen('dns', 'api.vendor.example is 10.0.1.17 by 10.0.0.2.'),
    seen('listener', 'A listener of port 443 is there.'),
    seen('tcp', 'Connected to 10.0.1.17:443.'),
    seen('tls', 'TLSv1.3 with api.vendor.example.'),
  ]),
};

/** Of a target whose service agrees with what is wanted. */
const lastRun = {
  mode: 'manage',
  listed: 1,
  plan: { add: [], remove: [], contested: [], unmanaged: [] },
  done: 0,
  left: 0,
  refused: [],
};

const imported = [
  ['customers', 'cus'],
  ['accounts', 'acct'],
  ['grants', 'grt'],
  ['connections', 'con'],
].map(([section, kind]) => ({
  section,
  index: 0,
  outcome: 'created',
  id: `${kind}_${made}`,
  error: null,
}));

/** By `Schema.member`. */
export const agreeingValues: Record<string, unknown> = {
  ...membersOf('AccessReport', { complete: true, limits: [], known_since: began }),
  ...membersOf('PastPrincipal', allowed),
  ...membersOf('PastConnection', { ...allowed, could_reach: true }),
  ...membersOf('Account', accountAs('proven', now)),
  ...membersOf('ApiKey', staffKey),
  ...membersOf('ApiKeyWithSecret', { ...staffKey, secret: `sallyport_support_${random}` }),
  'ApiKeyRotate.overlap_seconds': 86_400,
  ...membersOf('Attestations', { attested: 1 }),
  'Attestation.id': `acct_${made}`,
  ...membersOf('AuditHead', { seals: 42, entries: 20_711, unsealed: 3, sealed_at: now }),
  'AuditHead.signature': null,
  'Caller.name': 'Platform team',
  ...membersOf('Customer', stays),
  ...membersOf('CustomerResumed', stays),
  'CustomerToken.expires_at': '2026-11-23T12:12:00Z',
  'CustomerTokenCreate.lifetime_seconds': 900,
  ...membersOf('Effect', {
    detail: null,
    request: { add: [role], remove: [] },
    finished_at: '2026-11-23T11:57:01Z',
  }),
  'EndpointService.modes': managed,
  'EndpointServicePut.modes': managed,
  ...membersOf('ModesUpdate', managed),
  'EndpointService.quarantine': null,
  'ObservedService.acceptance_required': true,
  ...membersOf('Grant', grantInForce(began)),
  'Import.created': 4,
  'Import.rows': imported,
  'Invite.expires_at': '2026-11-30T11:57:00Z',
  'InviteWithToken.expires_at': '2026-11-30T11:57:00Z',
  ...membersOf('NotificationQueue', { action: null, polled_at: now, last_message_at: now }),
  'NotificationQueue.messages': 12,
  'Offboarding.state': 'offboarding',
  'Operation.error_code': null,
  client_id: 'sallyport-cli',
  owned: true,
  staff_keys: true,
  'ConnectionPlan.held': [],
  'Plan.modes': managed,
  'Principal.alarm': null,
  ...membersOf('Principal', principalAs('allowed', began)),
  ...membersOf('EndpointService', serviceAs(began)),
  ...membersOf('Connection', connectionAs('available', up, byPolicy)),
  ...membersOf('PrivateDns', verified),
  'PrivateDns.verified_since': up,
  ...membersOf('Diagnosis', found),
  ...membersOf('ReconcileTarget', {
    due_at: soon,
    wanted: 7,
    done: 7,
    report: lastRun,
    reported_at: now,
  }),
  'Run.report': lastRun,
  ...membersOf('Delivery', { created_at: up, finished_at: '2026-11-23T11:58:01Z' }),
  'DeliveryAttempt.at': '2026-11-23T11:58:01Z',
  'Event.at': up,
  'WebhookMessage.timestamp': up,
  'WebhookSecretRotate.overlap_hours': 24,
  'WebhookUpdate.enabled': true,
  // As the specification of webhooks has it, the id of the message is that of the event.
  message_id: `evt_${made}`,
};
