// One valid resource of each schema, as the API would answer it: a member that is not given here is
// null where the contract allows it. Tests change members, not schemas.

import { nullMembers } from './contract.ts';
import { observationResources } from './observation-resources.ts';

export const NOW = '2026-11-23T12:00:00.000Z';
const EARLIER = '2026-11-23T11:57:00.000Z';

export const ids = {
  account: 'acct_01kaqy0v5ne4rvk3z4m5t6w7x8',
  connection: 'con_01kaqy0v5ne4rvk3z4m5t6w7x8',
  customer: 'cus_01kaqy0v5ne4rvk3z4m5t6w7x8',
  service: 'svc_01kaqy0v5ne4rvk3z4m5t6w7x8',
  operation: 'op_01kaqy0v5ne4rvk3z4m5t6w7x8',
  endpoint: 'vpce-0a1b2c3d4e5f60718',
  awsService: 'vpce-svc-0a1b2c3d4e5f60718',
};

const times = { created_at: EARLIER, updated_at: NOW };

/** What the service says of a resource that is as it should be. */
const readyBecause = (reason: string) => ({
  reason,
  conditions: [
    {
      type: 'ready',
      status: 'true',
      reason,
      message: 'All is well.',
      since: EARLIER,
      subject: null,
      next: null,
    },
  ],
});

const account = {
  id: ids.account,
  customer_id: ids.customer,
  account_id: '222222222222',
  partition: 'aws',
  standing: 'proven',
  standing_since: EARLIER,
  ...readyBecause('proven'),
  proven_by: 'arn:aws:iam::222222222222:role/Deploy',
  attested_reason: null,
  ...times,
};

const apiKey = {
  id: 'key_01kaqy0v5ne4rvk3z4m5t6w7x8',
  name: 'Support desk',
  role: 'support',
  customer_id: null,
  scopes: [],
  endpoint_service_ids: [],
  rotated_from: null,
  hint: 'spk_ab12',
  created_at: EARLIER,
  expires_at: null,
  revoked_at: null,
  last_used_at: NOW,
};

const connection = {
  id: ids.connection,
  endpoint_service_id: ids.service,
  vpc_endpoint_id: ids.endpoint,
  owner_account_id: '222222222222',
  endpoint_region: 'us-east-1',
  customer_id: ids.customer,
  state: 'available',
  ...readyBecause('available'),
  aws_state: 'available',
  decision: 'accept',
  decided_by: 'policy',
  decision_reason: null,
  hold_reason: null,
  hold_turn: null,
  hold_action: null,
  created_at: EARLIER,
  first_seen_at: EARLIER,
  state_since: EARLIER,
  observed_at: NOW,
};

const readTier = { read_at: NOW, max_age_seconds: 60 };

const customer = {
  id: ids.customer,
  external_id: 'acme',
  name: 'Acme Inc',
  state: 'active',
  metadata: { plan: 'gold' },
  contacts: [{ name: 'Ada', email: 'ada@acme.example' }],
  suspended_since: null,
  suspension_policy: null,
  suspension_reason: null,
  offboarding_since: null,
  offboarding_policy: null,
  drain_until: null,
  ...times,
};

const note = {
  id: 'note_01kaqy0v5ne4rvk3z4m5t6w7x8',
  connection_id: ids.connection,
  text: 'Their resolver is in the hub.',
  author: 'key_01kaqy0v5ne4rvk3z4m5t6w7x8',
  created_at: EARLIER,
};

const invite = {
  id: 'inv_01kaqy0v5ne4rvk3z4m5t6w7x8',
  customer_id: ids.customer,
  state: 'open',
  created_at: EARLIER,
  expires_at: '2026-11-30T12:00:00.000Z',
};

const webhook = {
  id: 'whk_01kaqy0v5ne4rvk3z4m5t6w7x8',
  owner: 'vendor',
  customer_id: null,
  target_url: 'https://hooks.example.com/sallyport',
  description: '',
  event_types: ['connection.*'],
  secret_ends_at: null,
  disabled_since: null,
  disabled_reason: null,
  failing_since: null,
  ...times,
};

const delivery = {
  id: 'dlv_01kaqy0v5ne4rvk3z4m5t6w7x8',
  webhook_id: webhook.id,
  message_id: 'evt_01kaqy0v5ne4rvk3z4m5t6w7x8',
  type: 'connection.available',
  state: 'delivered',
  attempts: [{ at: NOW, status: 204, duration_ms: 31, error: null }],
  next_attempt_at: null,
  created_at: EARLIER,
  finished_at: NOW,
};

const modes = { principals: 'observe', acceptance: 'manage', private_dns: 'observe' };

const grant = {
  id: 'grt_01kaqy0v5ne4rvk3z4m5t6w7x8',
  customer_id: ids.customer,
  endpoint_service_id: ids.service,
  account_ids: ['222222222222', '333333333333'],
  role_names: [],
  acceptance: 'automatic',
  connections_max: null,
  endpoint_regions: [],
  expires_at: null,
  expired_at: null,
  conditions: readyBecause('in_force').conditions,
  service: {
    region: 'us-east-1',
    service_name: `com.amazonaws.vpce.us-east-1.${ids.awsService}`,
    availability_zone_ids: ['use1-az1'],
    private_dns_name: null,
  },
  ...times,
};

const principal = {
  id: 'prn_01kaqy0v5ne4rvk3z4m5t6w7x8',
  endpoint_service_id: ids.service,
  arn: 'arn:aws:iam::222222222222:root',
  grant_ids: [grant.id],
  state: 'allowed',
  ...readyBecause('allowed'),
  owned: true,
  observed: true,
  released: false,
  observed_at: NOW,
  since: EARLIER,
  unsettled_since: null,
  stuck_since: null,
  alarm: null,
};

const given = {
  Account: account,
  AdoptedPrincipals: { principals: [principal] },
  Attestations: {
    attested: 1,
    unchanged: 0,
    refused: 0,
    items: [{ account: '222222222222', outcome: 'attested', id: ids.account, error: null }],
  },
  ApiKey: apiKey,
  ApiKeyWithSecret: { ...apiKey, secret: `sallyport_support_${'k'.repeat(49)}` },
  Caller: {
    id: apiKey.id,
    name: apiKey.name,
    role: apiKey.role,
    customer_id: null,
    scopes: [],
    endpoint_service_ids: [],
    expires_at: null,
  },
  AccessReport: {
    at: NOW,
    endpoint_service_id: ids.service,
    known_since: NOW,
    complete: true,
    limits: [],
    principals: [],
    connections: [],
  },
  AuditHead: {
    seals: 42,
    hash: '9f86d081'.repeat(8),
    sealed_at: NOW,
    signature: null,
    entries: 4711,
    unsealed: 2,
  },
  AuditEntry: {
    aws_request_ids: ['8f2c1a7e-0000-4000-8000-000000000001'],
    request_ids: [],
    id: 'aud_01kaqy0v5ne4rvk3z4m5t6w7x8',
    at: EARLIER,
    actor: apiKey.id,
    action: 'createCustomer',
    subject_id: ids.customer,
    customer_id: ids.customer,
    reason: null,
    change_ref: 'OPS-1234',
    before: null,
    after: { name: 'Acme Inc' },
    request_id: 'req_1',
  },
  SignIn: {
    staff_keys: false,
    oidc: { issuer: 'https://login.example', client_id: 'sallyport-cli', audience: 'sallyport' },
  },
  CustomerToken: {
    id: 'tok_01kaqy0v5ne4rvk3z4m5t6w7x8',
    customer_id: ids.customer,
    subject: 'alice@acme.example',
    scopes: ['read'],
    endpoint_service_ids: [],
    made_by: apiKey.id,
    created_at: EARLIER,
    expires_at: NOW,
    token: `sallyport_token_${'t'.repeat(49)}`,
  },
  Challenge: {
    id: 'chl_01kaqy0v5ne4rvk3z4m5t6w7x8',
    challenge: 'c2lnbiBtZQ',
    audience: 'http://127.0.0.1:8080',
    request_tag_key: 'sallyport-challenge',
    expires_at: NOW,
  },
  Connection: connection,
  ConnectionHistory: {
    connection_id: ids.connection,
    transitions: [
      { at: EARLIER, from: null, to: 'pendingAcceptance' },
      { at: NOW, from: 'pendingAcceptance', to: 'available' },
    ],
  },
  Customer: customer,
  CustomerResumed: { ...customer, rejected_connection_ids: [ids.connection] },
  Deployment: {
    id: 'dep_01kaqy0v5ne4rvk3z4m5t6w7x8',
    state: 'ready',
    quarantined_since: null,
    quarantined: { another_deployment: 0, older_database: 0, moved_database: 0 },
  },
  Diagnosis: {
    connection_id: ids.connection,
    vpc_endpoint_id: ids.endpoint,
    works: 'yes',
    summary: 'The endpoint is available.',
    turn: 'nobody',
    next: null,
    checks: [
      {
        name: 'allowlist',
        hop: 'privatelink',
        result: 'pass',
        evidence: 'The root is allowed.',
        next: null,
        observed_at: NOW,
      },
    ],
    path: { hops: [], text: 'CUSTOMER  acme\n  [ ok ]  client' },
    dns: 'endpoint',
    searched: [],
    observed_at: NOW,
  },
  DriftReport: {
    endpoint_service_id: ids.service,
    observed_at: NOW,
    alarms: 1,
    notices: 0,
    items: [
      {
        kind: 'open_to_everyone',
        severity: 'alarm',
        subject: '*',
        detail: 'Everybody with an AWS account can make endpoints.',
        since: EARLIER,
      },
    ],
    plan: {
      add_principals: 0,
      remove_principals: 0,
      accept_connections: 0,
      reject_connections: 0,
      held_connections: 0,
      private_dns_step: 'none',
    },
  },
  Effect: {
    id: 'eff_01kaqy0v5ne4rvk3z4m5t6w7x8',
    target_kind: 'principals',
    target_key: ids.service,
    action: 'change_principals',
    request: { add: [], remove: [] },
    request_ids: ['req_1'],
    trace_ids: [],
    intended_at: NOW,
    outcome: 'done',
  },
  EndpointService: {
    id: ids.service,
    reads: { configuration: readTier, principals: readTier, connections: readTier },
    name: 'api',
    provider_account_id: 'pacc_01kaqy0v5ne4rvk3z4m5t6w7x8',
    region: 'us-east-1',
    service_id: ids.awsService,
    service_name: `com.amazonaws.vpce.us-east-1.${ids.awsService}`,
    network_load_balancer_arns: [],
    modes,
    observed: {
      state: 'available',
      acceptance_required: true,
      availability_zone_ids: ['use1-az1', 'use1-az2'],
      network_load_balancer_arns: [],
      private_dns: null,
    },
    ...readyBecause('available'),
    state_since: EARLIER,
    observed_at: NOW,
    problem: null,
    on_external_removal: 'hold',
    ...times,
  },
  Delivery: delivery,
  Webhook: webhook,
  WebhookWithSecret: { ...webhook, secret: `whsec_${'s'.repeat(43)}=` },
  Event: {
    id: 'evt_01kaqy0v5ne4rvk3z4m5t6w7x8',
    type: 'connection.available',
    at: NOW,
    subject: { kind: 'connection', id: ids.connection },
    customer_id: ids.customer,
    state: { before: 'pending', after: 'available' },
    alarm: null,
  },
  Grant: grant,
  Import: {
    created: 1,
    updated: 0,
    unchanged: 1,
    refused: 0,
    rows: [
      { section: 'accounts', index: 0, outcome: 'created', id: account.id, error: null },
      { section: 'accounts', index: 1, outcome: 'unchanged', id: account.id, error: null },
    ],
  },
  Note: note,
  Invite: invite,
  InviteWithToken: { ...invite, token: `sallyport_invite_${'i'.repeat(49)}` },
  ...observationResources(ids.connection, NOW),
  Offboarding: {
    customer_id: ids.customer,
    state: 'active',
    policy: 'reject',
    drain_until: null,
    next: { step: 'reject', waiting_for: null, connection_ids: [ids.connection] },
    services: [
      {
        endpoint_service_id: ids.service,
        service_id: 'vpce-svc-0a1b2c3d4e5f60718',
        principals: [{ arn: 'arn:aws:iam::222222222222:root', owned: true }],
        connections: [{ id: ids.connection, decision: 'accept' }],
        steps: ['remove_principals', 'reject_connections', 'read_again'],
        held_up_by: [],
      },
    ],
  },
  Operation: {
    id: ids.operation,
    kind: 'reconcile_service',
    subject_id: ids.service,
    customer_id: null,
    state: 'running',
    done: false,
    message: 'Reading the allowlist',
    held_up_by: [],
    error_code: null,
    created_at: EARLIER,
    updated_at: NOW,
    finished_at: null,
  },
  Plan: {
    endpoint_service_id: ids.service,
    observed_at: NOW,
    modes,
    principals: {
      add: ['arn:aws:iam::222222222222:root'],
      remove: [],
      contested: [],
      unmanaged: ['arn:aws:iam::999999999999:root'],
    },
    connections: {
      accept: [ids.endpoint],
      reject: [],
      held: [{ vpc_endpoint_id: 'vpce-0ffffffffffffffff', reason: 'no_grant' }],
    },
    private_dns: { step: 'none' },
  },
  Principal: principal,
  PrivateDns: {
    endpoint_service_id: ids.service,
    name: 'api.vendor.example',
    state: 'verifying',
    message: 'AWS looks for the record',
    ...readyBecause('verifying'),
    next: null,
    record: {
      name: '_x.vendor.example',
      type: 'TXT',
      value: 'vpce:1234567890',
      zone_id: 'Z0123456789',
    },
    aws_state: 'pendingVerification',
    since: NOW,
    stuck_since: null,
    verified_since: null,
    lost_since: null,
    sightings: [],
    observed_at: NOW,
  },
  ProviderAccount: {
    id: 'pacc_01kaqy0v5ne4rvk3z4m5t6w7x8',
    name: 'production',
    account_id: '111111111111',
    role_arn: null,
    external_id: null,
    regions: ['us-east-1', 'eu-west-1'],
    hosted_zones: [{ zone_id: 'Z0123456789', role_arn: null }],
    notification_queue_arns: [],
    notification_queues: [],
    ...times,
  },
  ReconcileTarget: {
    id: `principals/${ids.service}`,
    kind: 'principals',
    key: ids.service,
    due_at: NOW,
    wanted: 3,
    done: 3,
    failures: 0,
    report: { mode: 'manage' },
  },
  Run: {
    id: 'run_01kaqy0v5ne4rvk3z4m5t6w7x8',
    kind: 'principals',
    key: ids.service,
    ended_at: NOW,
    report: { mode: 'manage' },
  },
} as const satisfies Record<string, object>;

export type ResourceName = keyof typeof given;

export const resources = Object.fromEntries(
  Object.entries(given).map(([name, resource]) => [name, { ...nullMembers(name), ...resource }]),
) as typeof given;
