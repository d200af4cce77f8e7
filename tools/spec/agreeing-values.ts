// Values of examples that have to agree with others of the same example: what has ended well has no
// error, and a count is that of its list.

const made = '01kaqy0v5ne4rvk3z4m5t6w7x8';
const random = '0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2Yz3Ab4Cd5Ef6';
const began = '2026-11-23T11:57:00Z';
const now = '2026-11-23T12:00:00Z';
const root = 'arn:aws:iam::222222222222:root';

/** The first condition, whose reason is that of the resource. */
const ready = (reason: string, message: string) => [
  { type: 'ready', status: 'true', reason, message, since: began, subject: null, next: null },
];

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

/** By `Schema.member`. */
export const agreeingValues: Record<string, unknown> = {
  ...membersOf('AccessReport', { complete: true, limits: [], known_since: began }),
  ...membersOf('PastPrincipal', allowed),
  ...membersOf('PastConnection', { ...allowed, could_reach: true }),
  'Account.conditions': ready('proven', 'Its customer has proven that it is its own.'),
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
  ...membersOf('Effect', { detail: null, request: { add: [root], remove: [] } }),
  'EndpointService.modes': managed,
  'EndpointService.quarantine': null,
  'ObservedService.acceptance_required': true,
  'Grant.conditions': ready('in_force', 'The grant is in force.'),
  'Grant.dns': 'hosted-zone',
  'Import.created': 1,
  'ImportedRow.id': `acct_${made}`,
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
  'Principal.conditions': ready('allowed', 'It is on the allowlist.'),
  'PrivateDns.conditions': ready('verified', 'The name is verified.'),
  'WebhookSecretRotate.overlap_hours': 24,
  'WebhookUpdate.enabled': true,
  // As the specification of webhooks has it, the id of the message is that of the event.
  message_id: `evt_${made}`,
};
