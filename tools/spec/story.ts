// What the examples of one operation show that those of others with the same schema do not: what is
// sent is what is answered, what was made a moment ago has not gone on yet, and what was asked for
// is under way.

import { accountAs, connectionAs, principalAs, privateDnsAs, serviceAs } from './derived-values.ts';

type Members = Record<string, unknown>;

/** What differs from the example of the schema; of a page, what differs in its item. */
export interface Told {
  sent?: Members;
  answered?: Members;
  /** Of the answer 201, where an operation has it beside 200. */
  made?: Members;
}

const id = '01kaqy0v5ne4rvk3z4m5t6w7x8';
const another = '01kaqy0w9fq2szv8d7n1b3c5h6';
const random = '0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2Yz3Ab4Cd5Ef6';
const began = '2026-11-23T11:57:00Z';
const now = '2026-11-23T12:00:00Z';
const operator = `key_${another}`;

const justMade = { updated_at: began };
const unproven = { proven_by: null, proof_method: null };
const claimed = { ...accountAs('claimed', began), ...unproven, ...justMade };

const decided = (decision: 'accept' | 'reject', decisionReason: string): Told => ({
  sent: { reason: decisionReason },
  answered: connectionAs('pendingAcceptance', began, {
    decision,
    decidedBy: operator,
    decisionReason,
  }),
});

const underWay = (kind: string, subject: string, message: string): Told => ({
  answered: {
    kind,
    subject_id: `${subject}_${id}`,
    customer_id: subject === 'svc' ? null : `cus_${id}`,
    state: 'running',
    done: false,
    message,
    finished_at: null,
    updated_at: began,
  },
});

const unread = { read_at: null, max_age_seconds: 60 };
const unseen = {
  ...serviceAs(null),
  network_load_balancer_arns: [],
  observed: null,
  observed_at: null,
  state_since: null,
  reads: { configuration: unread, principals: unread, connections: unread },
  ...justMade,
};
const observing = { principals: 'observe', acceptance: 'observe', private_dns: 'observe' };

const whyFrozen = 'The load balancers are being moved';
const frozen = serviceAs(began, { frozenSince: new Date(now), frozenReason: whyFrozen });

const wait = {
  actor: 'aws',
  action: 'Wait: AWS or a worker is at it.',
  command: `sallyport wait private-dns svc_${id}`,
} as const;
const notThere = { record: null, aws_state: null, verified_since: null, sightings: [] };
const verifying = 'AWS is about to be asked to verify.';

const quiet = { polled_at: null, last_message_at: null, messages: 0 };
const queue = {
  queue_arn: 'arn:aws:sqs:us-east-1:111111111111:sallyport',
  region: 'us-east-1',
  state: 'new',
  problem: null,
  action: null,
  failing_since: null,
  ...quiet,
  foreign_messages: 0,
};
const unread201 = { notification_queues: [queue], ...justMade };

const waiting = { id: `dlv_${another}`, state: 'pending', attempts: [], finished_at: null };

const entry = {
  id: `aud_${id}`,
  at: began,
  actor: operator,
  action: 'createGrant',
  subject_id: `grt_${id}`,
  customer_id: `cus_${id}`,
  reason: null,
  change_ref: 'OPS-1234',
  before: null,
  after: { customer_id: `cus_${id}`, endpoint_service_id: `svc_${id}` },
  request_id: `req_${id}`,
};

/** By the operation's id. */
export const story: Record<string, Told> = {
  createAccount: { answered: claimed },
  putAccount: { made: claimed },
  attestAccount: {
    answered: { ...accountAs('attested', now), ...unproven, attested_reason: 'Contract 2026-117' },
  },
  forgetTokenIssuer: {
    sent: { reason: 'AWS has given the account another issuer (OPS-1234).' },
    answered: { proof_method: 'web_identity_token' },
  },
  submitProof: underWay(
    'prove_account',
    'acct',
    'Waiting for a worker to ask AWS whose proof it is.',
  ),
  rotateApiKey: { answered: { id: `key_${another}`, rotated_from: `key_${id}`, created_at: now } },
  redeemInvite: {
    answered: {
      name: 'Platform team',
      role: 'customer',
      customer_id: `cus_${id}`,
      scopes: [],
      hint: 'sallyport_customer_0Ab1Cd',
      expires_at: null,
      secret: `sallyport_customer_${random}`,
    },
  },
  getCaller: { answered: { scopes: [], endpoint_service_ids: [], expires_at: null } },
  listAuditEntries: { answered: entry },
  exportAuditEntries: {
    answered: {
      entry,
      hash: 'b3b4ddf9cd2c9f8f5b3e4f0b2f9f4d8d6a4f9a6c1f3c0e6a5d2b7c8e9f0a1b2c',
      place: 20_711,
    },
  },
  updateConnection: { answered: { dns: 'hosted-zone' } },
  acceptConnection: decided('accept', 'They have called, OPS-1234.'),
  rejectConnection: decided('reject', 'The contract has ended.'),
  getConnectionHistory: {
    answered: {
      transitions: [
        { at: began, from: null, to: 'pendingAcceptance' },
        { at: '2026-11-23T11:57:06Z', from: 'pendingAcceptance', to: 'pending' },
        { at: '2026-11-23T11:58:00Z', from: 'pending', to: 'available' },
      ],
    },
  },
  createCustomer: { answered: justMade },
  putCustomer: { made: justMade },
  offboardCustomer: underWay(
    'offboard_customer',
    'cus',
    'Waiting for the principals to leave the allowlists.',
  ),
  suspendCustomer: {
    sent: { reason: 'Unpaid since May', policy: 'block' },
    ...underWay('suspend_customer', 'cus', 'Waiting for a worker to stop what is new.'),
  },
  confirmDeployment: { sent: { reason: 'Restored on purpose after the outage, INC-17.' } },
  createEndpointService: { answered: { ...unseen, modes: observing } },
  putEndpointService: { made: unseen },
  freezeEndpointService: {
    sent: { reason: whyFrozen },
    answered: { ...frozen, frozen_since: now, frozen_reason: whyFrozen },
  },
  reconcileEndpointService: underWay(
    'reconcile_service',
    'svc',
    'Waiting for a worker to read AWS.',
  ),
  retireEndpointService: {
    sent: { reason: 'Replaced by the one in two Regions.' },
    ...underWay(
      'retire_service',
      'svc',
      'Waiting for a worker to take away what lets customers in.',
    ),
  },
  putPrivateDns: {
    answered: {
      ...privateDnsAs('configuring', 'The name is being set on the service.', {
        since: new Date(now),
        next: wait,
      }),
      ...notThere,
    },
  },
  deletePrivateDns: {
    answered: {
      ...privateDnsAs('configuring', 'What was set is being taken away.', {
        since: new Date(now),
        next: wait,
      }),
      ...notThere,
      name: null,
      aws_state: 'verified',
    },
  },
  verifyPrivateDns: {
    answered: {
      ...privateDnsAs('verifying', verifying, { since: new Date(now), next: wait }),
      aws_state: 'pendingVerification',
      verified_since: null,
      sightings: [],
    },
  },
  // A grant wants it by now, so it stays once it is adopted.
  listUnmanagedPrincipals: { answered: { owned: false } },
  adoptPrincipals: { sent: { reason: 'Made by hand before Sallyport.' } },
  adoptPrincipal: { sent: { reason: 'Made by hand before Sallyport.' } },
  releasePrincipal: {
    sent: { reason: 'They use another role now, OPS-1234.' },
    answered: {
      grant_ids: [],
      owned: false,
      observed: false,
      unsettled_since: null,
      ...principalAs('gone', now, true),
    },
  },
  restorePrincipal: {
    sent: { reason: 'It was taken away by mistake, OPS-1234.' },
    answered: { observed: false, unsettled_since: now, ...principalAs('pending', now) },
  },
  createGrant: { answered: justMade },
  putGrant: { made: justMade },
  createImport: {
    sent: {
      grants: [
        {
          customer_id: 'acme',
          endpoint_service_id: 'vpce-svc-0a1b2c3d4e5f60718',
          account_ids: ['222222222222'],
        },
      ],
    },
  },
  createProviderAccount: { answered: unread201 },
  putProviderAccount: { made: unread201 },
  createWebhook: { answered: justMade },
  rotateWebhookSecret: { answered: { secret_ends_at: '2026-11-24T12:00:00Z' } },
  redeliverEvent: { answered: { ...waiting, created_at: now } },
  testWebhook: {
    answered: {
      ...waiting,
      type: 'webhook.test',
      message_id: `dlv_${another}`,
      created_at: now,
    },
  },
};
