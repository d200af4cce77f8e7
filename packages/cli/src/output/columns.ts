// Which members of each listed schema make the columns of its table, the most telling first: where
// the terminal is too narrow, columns go from the end. Natural keys stand before our own ids, since
// they are what people know, and every command takes them too.

import type { ListedSchema } from '../generated/commands.ts';

/** Heading to member. */
export type Columns = Readonly<Record<string, string>>;

export const columns = {
  Account: {
    ACCOUNT: 'account_id',
    STANDING: 'standing',
    SINCE: 'standing_since',
    CUSTOMER: 'customer_id',
    ID: 'id',
  },
  ApiKey: {
    ID: 'id',
    ROLE: 'role',
    NAME: 'name',
    HINT: 'hint',
    LAST_USED: 'last_used_at',
    EXPIRES: 'expires_at',
    REVOKED: 'revoked_at',
    CUSTOMER: 'customer_id',
  },
  AuditEntry: {
    AT: 'at',
    ACTION: 'action',
    SUBJECT: 'subject_id',
    ACTOR: 'actor',
    REASON: 'reason',
    CHANGE: 'change_ref',
    ID: 'id',
  },
  Connection: {
    ENDPOINT: 'vpc_endpoint_id',
    STATE: 'state',
    SINCE: 'state_since',
    ACCOUNT: 'owner_account_id',
    HELD: 'hold_reason',
    ID: 'id',
    CUSTOMER: 'customer_id',
  },
  Customer: {
    EXTERNAL_ID: 'external_id',
    NAME: 'name',
    STATE: 'state',
    ID: 'id',
    CREATED: 'created_at',
  },
  EndpointService: {
    NAME: 'name',
    SERVICE: 'service_id',
    REGION: 'region',
    STATE: 'observed.state',
    PROBLEM: 'problem',
    PRINCIPALS: 'modes.principals',
    ACCEPTANCE: 'modes.acceptance',
    PRIVATE_DNS: 'modes.private_dns',
    ID: 'id',
  },
  Effect: {
    AT: 'intended_at',
    ACTION: 'action',
    OUTCOME: 'outcome',
    SERVICE: 'endpoint_service_id',
    DETAIL: 'detail',
    AWS_REQUEST: 'aws_request_id',
    ID: 'id',
  },
  Grant: {
    ID: 'id',
    CUSTOMER: 'customer_id',
    ACCEPT: 'acceptance',
    MAX: 'connections_max',
    ACCOUNTS: 'account_ids',
    SERVICE: 'endpoint_service_id',
  },
  Invite: { ID: 'id', STATE: 'state', EXPIRES: 'expires_at', CREATED: 'created_at' },
  Operation: {
    ID: 'id',
    STATE: 'state',
    KIND: 'kind',
    MESSAGE: 'message',
    UPDATED: 'updated_at',
    SUBJECT: 'subject_id',
  },
  Principal: {
    ARN: 'arn',
    STATE: 'state',
    SINCE: 'since',
    OURS: 'owned',
    ID: 'id',
    SERVICE: 'endpoint_service_id',
  },
  ProviderAccount: {
    ACCOUNT: 'account_id',
    NAME: 'name',
    REGIONS: 'regions',
    ID: 'id',
    ROLE: 'role_arn',
  },
  ReconcileTarget: {
    KIND: 'kind',
    KEY: 'key',
    DUE: 'due_at',
    FAILURES: 'failures',
    WANTED: 'wanted',
    DONE: 'done',
    REPORTED: 'reported_at',
    WORKER: 'lease_owner',
  },
  Run: {
    ENDED: 'ended_at',
    KIND: 'kind',
    REPORT: 'report',
    KEY: 'key',
    ID: 'id',
  },
} as const satisfies Record<ListedSchema, Columns>;
