// What each operation of the API takes, for the command line.
// Generated from openapi.json by `pnpm generate`; never edited.

import type { CommandData } from '../command-data.ts';

/** The id of an operation, as in the API reference. */
export type OperationId =
  | 'acceptConnection'
  | 'adoptPrincipal'
  | 'adoptPrincipals'
  | 'attestAccount'
  | 'attestAccounts'
  | 'confirmDeployment'
  | 'createAccount'
  | 'createApiKey'
  | 'createChallenge'
  | 'createCustomer'
  | 'createCustomerToken'
  | 'createEndpointService'
  | 'createGrant'
  | 'createImport'
  | 'createInvite'
  | 'createNote'
  | 'createProviderAccount'
  | 'createWebhook'
  | 'deleteAccount'
  | 'deleteEndpointService'
  | 'deleteGrant'
  | 'deleteNote'
  | 'deletePrivateDns'
  | 'deleteProviderAccount'
  | 'deleteWebhook'
  | 'diagnoseConnection'
  | 'freezeEndpointService'
  | 'getAccessReport'
  | 'getAccount'
  | 'getApiKey'
  | 'getAuditHead'
  | 'getCaller'
  | 'getConnection'
  | 'getConnectionHistory'
  | 'getCustomer'
  | 'getDelivery'
  | 'getDeployment'
  | 'getDrift'
  | 'getEndpointService'
  | 'getEvent'
  | 'getGrant'
  | 'getOffboarding'
  | 'getOperation'
  | 'getPrincipal'
  | 'getPrivateDns'
  | 'getProviderAccount'
  | 'getSignIn'
  | 'getWebhook'
  | 'listAccounts'
  | 'listApiKeys'
  | 'listAuditEntries'
  | 'listConnections'
  | 'listCustomers'
  | 'listDeliveries'
  | 'listEffects'
  | 'listEndpointServices'
  | 'listEvents'
  | 'listGrants'
  | 'listInvites'
  | 'listNotes'
  | 'listOperations'
  | 'listPrincipals'
  | 'listProviderAccounts'
  | 'listReconcileTargets'
  | 'listRuns'
  | 'listUnmanagedPrincipals'
  | 'listWebhooks'
  | 'offboardCustomer'
  | 'planEndpointService'
  | 'putAccount'
  | 'putCustomer'
  | 'putEndpointService'
  | 'putGrant'
  | 'putPrivateDns'
  | 'putProviderAccount'
  | 'reconcileEndpointService'
  | 'redeemInvite'
  | 'redeliverEvent'
  | 'rejectConnection'
  | 'releasePrincipal'
  | 'restorePrincipal'
  | 'resumeCustomer'
  | 'retireEndpointService'
  | 'revokeApiKey'
  | 'revokeInvite'
  | 'rotateApiKey'
  | 'rotateWebhookSecret'
  | 'setEndpointServiceModes'
  | 'submitProof'
  | 'suspendCustomer'
  | 'testWebhook'
  | 'unfreezeEndpointService'
  | 'updateCustomer'
  | 'updateEndpointService'
  | 'updateGrant'
  | 'updateProviderAccount'
  | 'updateWebhook'
  | 'verifyPrivateDns';

/** What an argument names: the kind of a resource, or the name that the path gives it. */
export type ArgumentName =
  | 'account'
  | 'api-key'
  | 'connection'
  | 'customer'
  | 'delivery-id'
  | 'endpoint-service'
  | 'event'
  | 'grant'
  | 'invite-id'
  | 'note-id'
  | 'operation'
  | 'principal'
  | 'provider-account'
  | 'webhook';

/** The schemas that come in lists. */
export type ListedSchema =
  | 'Account'
  | 'ApiKey'
  | 'AuditEntry'
  | 'Connection'
  | 'Customer'
  | 'Delivery'
  | 'Effect'
  | 'EndpointService'
  | 'Event'
  | 'Grant'
  | 'Invite'
  | 'Note'
  | 'Operation'
  | 'Principal'
  | 'ProviderAccount'
  | 'ReconcileTarget'
  | 'Run'
  | 'Webhook';

export const commands: Record<OperationId, CommandData> = {
  acceptConnection: {
    method: 'POST',
    path: '/v1/connections/{id}/accept',
    help: 'Let a connection in that policy holds. Its account must have standing.',
    roles: ['operator'],
    arguments: ['connection'],
    flags: [
      { name: 'reason', place: 'body', type: 'string', help: 'Why. The customer can read it.' },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Connection',
  },
  adoptPrincipal: {
    method: 'POST',
    path: '/v1/endpoint-services/{id}/unmanaged-principals/{principal}/adopt',
    help: "Adopt an entry that other hands have made, by its id or its ARN: from now on it is Sallyport's. While a grant wants it, it stays. When none does, it leaves the allowlist as soon as principals are in `manage`: adoption is also how an entry made by hand is removed.",
    roles: ['operator'],
    arguments: ['endpoint-service', 'principal'],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: 'Why it may be taken over, for the audit log.',
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Principal',
  },
  adoptPrincipals: {
    method: 'POST',
    path: '/v1/endpoint-services/{id}/unmanaged-principals/adopt',
    help: 'Adopt several entries: all of them or, when one cannot be adopted, none. What no grant wants then leaves the allowlist as soon as principals are in `manage`.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'principals',
        place: 'body',
        type: 'list',
        help: 'The entries, by their ids or ARNs.',
        required: true,
      },
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: 'Why they may be taken over, for the audit log.',
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'AdoptedPrincipals',
  },
  attestAccount: {
    method: 'POST',
    path: '/v1/accounts/{id}/attest',
    help: 'Vouch for an account without a proof. The reason is kept in the audit log.',
    roles: ['operator'],
    arguments: ['account'],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: "How you know that the account is the customer's. It goes into the audit log.",
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Account',
  },
  attestAccounts: {
    method: 'POST',
    path: '/v1/attestations',
    help: 'Vouch for many accounts without a proof, with a result for each. One that is refused leaves the others as they are; `validate_only` tells beforehand. The same again changes nothing.',
    roles: ['operator'],
    arguments: [],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: "How you know that the accounts are the customers'. It goes into the audit log.",
        required: true,
      },
      {
        name: 'accounts',
        place: 'body',
        type: 'list',
        help: 'Ids, or natural keys as `acme:222222222222`.',
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Attestations',
  },
  confirmDeployment: {
    method: 'POST',
    path: '/v1/deployment/confirm',
    help: 'Confirm that this database is the one that manages its services. Look at their plans first. It ends every quarantine, under a new id: a Sallyport on the database that this one was copied of stands still once this one has changed something. Stop it before you confirm.',
    roles: ['operator'],
    arguments: [],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: 'Why this database is the one that shall manage its services, for the audit log.',
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Deployment',
  },
  createAccount: {
    method: 'POST',
    path: '/v1/accounts',
    help: 'Claim an AWS account for a customer. A claim alone lets nobody in.',
    roles: ['operator', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'customer_id',
        place: 'body',
        type: 'string',
        help: "Id or `external_id` of the customer; left out by a customer's own key.",
      },
      {
        name: 'account_id',
        place: 'body',
        type: 'string',
        help: 'The AWS account number: 12 digits.',
        required: true,
      },
      {
        name: 'partition',
        place: 'body',
        type: 'enum',
        help: '`aws` unless said otherwise.',
        values: ['aws', 'aws-cn', 'aws-us-gov'],
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Account',
  },
  createApiKey: {
    method: 'POST',
    path: '/v1/api-keys',
    help: 'Make a key. The secret is shown only in this answer. A customer makes keys of its own.',
    roles: ['operator', 'customer'],
    arguments: [],
    flags: [
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.', required: true },
      {
        name: 'role',
        place: 'body',
        type: 'enum',
        help: '`operator` changes everything, `support` reads and retries, `customer` sees its own customer only.',
        required: true,
        values: ['operator', 'support', 'customer'],
      },
      {
        name: 'customer_id',
        place: 'body',
        type: 'string',
        help: 'Id or `external_id`. Needed for the role `customer`, unless a customer asks.',
      },
      {
        name: 'scopes',
        place: 'body',
        type: 'list',
        help: 'Limits the key further than its role; left out for everything that the role may.',
      },
      {
        name: 'endpoint_service_ids',
        place: 'body',
        type: 'list',
        help: "Limits a customer's key to some services, by id or by AWS's names: it shows their grants, connections and principals only.",
      },
      {
        name: 'expires_at',
        place: 'body',
        type: 'string',
        help: 'When it stops to work; left out for never.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'ApiKeyWithSecret',
  },
  createChallenge: {
    method: 'POST',
    path: '/v1/accounts/{id}/challenges',
    help: 'Ask for a challenge to sign. It lives five minutes and is used once.',
    roles: ['operator', 'customer'],
    arguments: ['account'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    result: 'Challenge',
  },
  createCustomer: {
    method: 'POST',
    path: '/v1/customers',
    help: 'Create a customer.',
    roles: ['operator'],
    arguments: [],
    flags: [
      {
        name: 'external_id',
        place: 'body',
        type: 'string',
        help: 'Your own id of the customer: letters, digits and `._:-`, at most 100. It goes wherever the id does.',
        required: true,
      },
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.', required: true },
      { name: 'metadata', place: 'body', type: 'map', help: 'Empty unless given.' },
      {
        name: 'contacts',
        place: 'body',
        type: 'json',
        help: 'Whom to ask at the customer; nobody unless given. A JSON array of {"name": …, "email": …}.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Customer',
  },
  createCustomerToken: {
    method: 'POST',
    path: '/v1/customers/{id}/tokens',
    help: 'Make a short-lived token for a session of your portal. It is shown only in this answer. Who has it is this customer, for minutes, within the scopes. It ends at once when the customer is suspended or has left, and when the key that made it is revoked.',
    roles: ['operator'],
    arguments: ['customer'],
    flags: [
      {
        name: 'subject',
        place: 'body',
        type: 'string',
        help: 'Who uses it, in your words: a user of your portal. `GET /v1/caller` shows it.',
      },
      {
        name: 'scopes',
        place: 'body',
        type: 'list',
        help: 'Limits the token further than the role of customers; left out for all that a customer may.',
      },
      {
        name: 'endpoint_service_ids',
        place: 'body',
        type: 'list',
        help: "Limits the token to some services, by id or by AWS's names.",
      },
      {
        name: 'lifetime_seconds',
        place: 'body',
        type: 'integer',
        help: 'How long it works, in seconds. A quarter of an hour by itself.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'CustomerToken',
  },
  createEndpointService: {
    method: 'POST',
    path: '/v1/endpoint-services',
    help: 'Register an existing endpoint service, or create one from load balancers. A registered service starts in `observe`: nothing is changed in AWS until an aspect is switched.',
    roles: ['operator'],
    arguments: [],
    flags: [
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.', required: true },
      {
        name: 'provider_account_id',
        place: 'body',
        type: 'string',
        help: 'Id of the provider account, or its 12-digit account number.',
        required: true,
      },
      {
        name: 'region',
        place: 'body',
        type: 'string',
        help: 'The region that it lives in, or is to live in.',
        required: true,
      },
      {
        name: 'service_id',
        place: 'body',
        type: 'string',
        help: "AWS's id of the service to register.",
      },
      {
        name: 'network_load_balancer_arns',
        place: 'body',
        type: 'list',
        help: 'The load balancers of a service to create, all of the region.',
      },
      {
        name: 'modes',
        place: 'body',
        type: 'map',
        help: 'A registered service starts in `observe`, a created one in `manage`, unless said otherwise.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'EndpointService',
  },
  createGrant: {
    method: 'POST',
    path: '/v1/grants',
    help: 'Let a customer use an endpoint service.',
    roles: ['operator'],
    arguments: [],
    flags: [
      {
        name: 'customer_id',
        place: 'body',
        type: 'string',
        help: 'Id or `external_id` of the customer.',
        required: true,
      },
      {
        name: 'endpoint_service_id',
        place: 'body',
        type: 'string',
        help: "Id of the service, or AWS's `vpce-svc-…`.",
        required: true,
      },
      {
        name: 'account_ids',
        place: 'body',
        type: 'list',
        help: 'Account numbers it covers; left out for every account of the customer.',
      },
      {
        name: 'role_names',
        place: 'body',
        type: 'list',
        help: 'Names of the only roles to let in; left out for the whole account.',
      },
      {
        name: 'acceptance',
        place: 'body',
        type: 'enum',
        help: '`automatic` unless said otherwise.',
        values: ['automatic', 'manual'],
      },
      {
        name: 'connections_max',
        place: 'body',
        type: 'integer',
        help: 'The most connections that may be live at once; left out for no limit.',
      },
      {
        name: 'endpoint_regions',
        place: 'body',
        type: 'list',
        help: 'Regions that endpoints may be in, say for a service that is offered across Regions; left out for every Region.',
      },
      {
        name: 'expires_at',
        place: 'body',
        type: 'string',
        help: 'When it ends: nothing new is let in, its principals leave, connections that are up stay.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Grant',
  },
  createImport: {
    method: 'POST',
    path: '/v1/imports',
    help: 'Import customers, accounts, grants and connections in bulk. Nothing changes in AWS by it. The answer has a result for each row; `validate_only` gives the same one beforehand. The same import again changes nothing.',
    roles: ['operator'],
    arguments: [],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: "How you know that the accounts and connections are these customers', for the audit log.",
        required: true,
      },
      {
        name: 'all_or_nothing',
        place: 'body',
        type: 'boolean',
        help: 'Import nothing unless every row is fine. Otherwise each row stands by itself.',
      },
      {
        name: 'customers',
        place: 'body',
        type: 'json',
        help: 'Created, or brought up to date, by `external_id`. A JSON array of {"external_id": …, "name": …, "metadata": …, "contacts": …}.',
      },
      {
        name: 'accounts',
        place: 'body',
        type: 'json',
        help: 'Get the standing `imported`, unless they have a standing already. A JSON array of {"customer_id": …, "account_id": …, "partition": …}.',
      },
      {
        name: 'grants',
        place: 'body',
        type: 'json',
        help: 'Created, or brought up to date, by customer and service. A JSON array of {"customer_id": …, "endpoint_service_id": …, "account_ids": …, "role_names": …, "acceptance": …, "connections_max": …, "endpoint_regions": …, "expires_at": …}.',
      },
      {
        name: 'connections',
        place: 'body',
        type: 'json',
        help: 'Connections that are up count as accepted, and their accounts as these customers\'. A JSON array of {"customer_id": …, "vpc_endpoint_id": …}.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Import',
  },
  createInvite: {
    method: 'POST',
    path: '/v1/customers/{id}/invites',
    help: 'Make a one-time invite. Its token is shown only in this answer.',
    roles: ['operator'],
    arguments: ['customer'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    result: 'InviteWithToken',
  },
  createNote: {
    method: 'POST',
    path: '/v1/connections/{id}/notes',
    help: "Write a note about a connection, for the vendor's people. Customers never see it.",
    roles: ['operator', 'support'],
    arguments: ['connection'],
    flags: [
      {
        name: 'text',
        place: 'body',
        type: 'string',
        help: 'As it was written. It may have several lines.',
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Note',
  },
  createProviderAccount: {
    method: 'POST',
    path: '/v1/provider-accounts',
    help: 'Register one of your AWS accounts. Nothing is called in it until an endpoint service is registered there.',
    roles: ['operator'],
    arguments: [],
    flags: [
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.', required: true },
      {
        name: 'account_id',
        place: 'body',
        type: 'string',
        help: 'The AWS account number: 12 digits.',
        required: true,
      },
      {
        name: 'role_arn',
        place: 'body',
        type: 'string',
        help: "The role that the worker assumes there. Leave it out when the worker's own credentials are of this account.",
      },
      {
        name: 'external_id',
        place: 'body',
        type: 'string',
        help: 'The external id that the trust policy of the role asks for (STS API reference, AssumeRole).',
      },
      {
        name: 'regions',
        place: 'body',
        type: 'list',
        help: 'The regions that workers look at.',
        required: true,
      },
      {
        name: 'hosted_zones',
        place: 'body',
        type: 'json',
        help: 'Public hosted zones that Sallyport may write verification records into. A JSON array of {"zone_id": …, "role_arn": …}.',
      },
      {
        name: 'notification_queue_arns',
        place: 'body',
        type: 'list',
        help: "SQS queues with PrivateLink's connection notifications, one for a region at most. With one, a new connection is seen at once and not at the next poll. Its messages are taken away.",
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'ProviderAccount',
  },
  createWebhook: {
    method: 'POST',
    path: '/v1/webhooks',
    help: 'Make a webhook: events are sent there from now on. Messages are as the Standard Webhooks specification says, signed with the secret that is shown only in this answer. A customer gets its own events.',
    roles: ['operator', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'target_url',
        place: 'body',
        type: 'string',
        help: 'Where messages are sent: https, and an address of the public internet.',
        required: true,
      },
      {
        name: 'description',
        place: 'body',
        type: 'string',
        help: 'What it is for, in your words.',
      },
      {
        name: 'event_types',
        place: 'body',
        type: 'list',
        help: 'Types, or all of a resource as `connection.*`; none for every type.',
      },
      {
        name: 'customer_id',
        place: 'body',
        type: 'string',
        help: 'Only the events of this customer, by id or `external_id`.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'WebhookWithSecret',
  },
  deleteAccount: {
    method: 'DELETE',
    path: '/v1/accounts/{id}',
    help: 'Give an account up. Its principals leave the allowlist; live connections stay.',
    roles: ['operator', 'customer'],
    arguments: ['account'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
  },
  deleteEndpointService: {
    method: 'DELETE',
    path: '/v1/endpoint-services/{id}',
    help: 'Forget an endpoint service without grants. Nothing changes in AWS: to delete it there, retire it first.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
  },
  deleteGrant: {
    method: 'DELETE',
    path: '/v1/grants/{id}',
    help: 'Take a grant away. Its principals leave the allowlist; live connections stay.',
    roles: ['operator'],
    arguments: ['grant'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
  },
  deleteNote: {
    method: 'DELETE',
    path: '/v1/connections/{id}/notes/{note_id}',
    help: 'Delete a note. What it said stays in the audit log.',
    roles: ['operator', 'support'],
    arguments: ['connection', 'note-id'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
  },
  deletePrivateDns: {
    method: 'DELETE',
    path: '/v1/endpoint-services/{id}/private-dns',
    help: 'Want no private DNS name. Only what Sallyport set itself is taken away.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    result: 'PrivateDns',
  },
  deleteProviderAccount: {
    method: 'DELETE',
    path: '/v1/provider-accounts/{id}',
    help: 'Forget a provider account that has no endpoint services. Nothing changes in AWS.',
    roles: ['operator'],
    arguments: ['provider-account'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
  },
  deleteWebhook: {
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    help: 'Delete a webhook, with its deliveries.',
    roles: ['operator', 'customer'],
    arguments: ['webhook'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
  },
  diagnoseConnection: {
    method: 'GET',
    path: '/v1/connections/{id}/diagnosis',
    help: 'Tell whether the connection works, why not, and whose turn it is.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['connection'],
    flags: [],
    result: 'Diagnosis',
  },
  freezeEndpointService: {
    method: 'POST',
    path: '/v1/endpoint-services/{id}/freeze',
    help: 'Freeze an endpoint service: from now on nothing of it is changed in AWS. It is read and reported on as before. What its grants want waits until it is unfrozen.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: 'Why, for whoever finds it frozen.',
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'EndpointService',
  },
  getAccessReport: {
    method: 'GET',
    path: '/v1/access-report',
    help: 'Report who could reach a service at a moment, by whom and why they were allowed. From what was recorded then; `limits` says what is not known, as of the time before the service was registered.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [
      {
        name: 'endpoint_service_id',
        place: 'query',
        type: 'string',
        help: 'The service, by id or `vpce-svc-…`.',
        required: true,
      },
      {
        name: 'at',
        place: 'query',
        type: 'string',
        help: 'The moment, not in the future.',
        required: true,
      },
    ],
    result: 'AccessReport',
  },
  getAccount: {
    method: 'GET',
    path: '/v1/accounts/{id}',
    help: 'Get an account by id or by its 12-digit number.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['account'],
    flags: [
      {
        name: 'wait',
        place: 'query',
        type: 'string',
        help: 'For how long the answer may wait, such as `25s`; 30 seconds at most.',
      },
      {
        name: 'wait_for',
        place: 'query',
        type: 'string',
        help: 'States to wait for, with commas in between. A state that cannot lead there ends it too. Without it, and with `If-None-Match`, any change ends the wait.',
      },
    ],
    result: 'Account',
  },
  getApiKey: {
    method: 'GET',
    path: '/v1/api-keys/{id}',
    help: 'Get a key, without its secret.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['api-key'],
    flags: [],
    result: 'ApiKey',
  },
  getAuditHead: {
    method: 'GET',
    path: '/v1/audit-entries/head',
    help: 'Show the end of the chain of seals over the audit log. Note `seals` and `hash` elsewhere from time to time: an export is held to what you noted by `sallyport audit verify --anchor`.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [],
    result: 'AuditHead',
  },
  getCaller: {
    method: 'GET',
    path: '/v1/caller',
    help: 'Tell who is calling: the role, the customer and the scopes of the key that was sent.',
    roles: ['operator', 'support', 'customer'],
    arguments: [],
    flags: [],
    result: 'Caller',
  },
  getConnection: {
    method: 'GET',
    path: '/v1/connections/{id}',
    help: 'Get a connection by id or by its `vpce-…`.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['connection'],
    flags: [
      {
        name: 'wait',
        place: 'query',
        type: 'string',
        help: 'For how long the answer may wait, such as `25s`; 30 seconds at most.',
      },
      {
        name: 'wait_for',
        place: 'query',
        type: 'string',
        help: 'States to wait for, with commas in between. A state that cannot lead there ends it too. Without it, and with `If-None-Match`, any change ends the wait.',
      },
    ],
    result: 'Connection',
  },
  getConnectionHistory: {
    method: 'GET',
    path: '/v1/connections/{id}/history',
    help: 'Show each state that the connection was seen in.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['connection'],
    flags: [],
    result: 'ConnectionHistory',
  },
  getCustomer: {
    method: 'GET',
    path: '/v1/customers/{id}',
    help: 'Get a customer by id or by `external_id`.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['customer'],
    flags: [],
    result: 'Customer',
  },
  getDelivery: {
    method: 'GET',
    path: '/v1/webhooks/{id}/deliveries/{delivery_id}',
    help: 'Get a delivery, with its attempts.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['webhook', 'delivery-id'],
    flags: [],
    result: 'Delivery',
  },
  getDeployment: {
    method: 'GET',
    path: '/v1/deployment',
    help: 'Show which Sallyport this is, and whether its database may change anything in AWS.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [],
    result: 'Deployment',
  },
  getDrift: {
    method: 'GET',
    path: '/v1/endpoint-services/{id}/drift',
    help: 'Show what differs from what is wanted, and since when, by what was last observed.',
    roles: ['operator', 'support'],
    arguments: ['endpoint-service'],
    flags: [],
    result: 'DriftReport',
  },
  getEndpointService: {
    method: 'GET',
    path: '/v1/endpoint-services/{id}',
    help: "Get an endpoint service by id or by AWS's `vpce-svc-…`.",
    roles: ['operator', 'support'],
    arguments: ['endpoint-service'],
    flags: [],
    result: 'EndpointService',
  },
  getEvent: {
    method: 'GET',
    path: '/v1/events/{id}',
    help: 'Get an event.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['event'],
    flags: [],
    result: 'Event',
  },
  getGrant: {
    method: 'GET',
    path: '/v1/grants/{id}',
    help: 'Get a grant.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['grant'],
    flags: [],
    result: 'Grant',
  },
  getOffboarding: {
    method: 'GET',
    path: '/v1/customers/{id}/offboarding',
    help: 'Show what is left of a customer on each service, and what is done about it as it leaves. By what AWS last showed. Before it leaves this is a preview, under the policy asked for.',
    roles: ['operator', 'support'],
    arguments: ['customer'],
    flags: [
      {
        name: 'policy',
        place: 'query',
        type: 'enum',
        help: 'On which terms it would leave; `reject` unless said otherwise.',
        values: ['reject', 'drain', 'keep'],
      },
    ],
    result: 'Offboarding',
  },
  getOperation: {
    method: 'GET',
    path: '/v1/operations/{id}',
    help: 'Get an operation.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['operation'],
    flags: [
      {
        name: 'wait',
        place: 'query',
        type: 'string',
        help: 'For how long the answer may wait, such as `25s`; 30 seconds at most.',
      },
      {
        name: 'wait_for',
        place: 'query',
        type: 'string',
        help: 'States to wait for, with commas in between. A state that cannot lead there ends it too. Without it, and with `If-None-Match`, any change ends the wait.',
      },
    ],
    result: 'Operation',
  },
  getPrincipal: {
    method: 'GET',
    path: '/v1/principals/{id}',
    help: 'Get a principal.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['principal'],
    flags: [],
    result: 'Principal',
  },
  getPrivateDns: {
    method: 'GET',
    path: '/v1/endpoint-services/{id}/private-dns',
    help: 'Tell how far the private DNS name is.',
    roles: ['operator', 'support'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'wait',
        place: 'query',
        type: 'string',
        help: 'For how long the answer may wait, such as `25s`; 30 seconds at most.',
      },
      {
        name: 'wait_for',
        place: 'query',
        type: 'string',
        help: 'States to wait for, with commas in between. A state that cannot lead there ends it too. Without it, and with `If-None-Match`, any change ends the wait.',
      },
    ],
    result: 'PrivateDns',
  },
  getProviderAccount: {
    method: 'GET',
    path: '/v1/provider-accounts/{id}',
    help: 'Get a provider account by id or account number.',
    roles: ['operator', 'support'],
    arguments: ['provider-account'],
    flags: [],
    result: 'ProviderAccount',
  },
  getSignIn: {
    method: 'GET',
    path: '/v1/sign-in',
    help: 'Tell how staff sign in: with keys, with an identity provider, or both.',
    roles: ['anyone'],
    arguments: [],
    flags: [],
    result: 'SignIn',
  },
  getWebhook: {
    method: 'GET',
    path: '/v1/webhooks/{id}',
    help: 'Get a webhook, without its secret.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['webhook'],
    flags: [],
    result: 'Webhook',
  },
  listAccounts: {
    method: 'GET',
    path: '/v1/accounts',
    help: 'List accounts.',
    roles: ['operator', 'support', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'customer_id',
        place: 'query',
        type: 'string',
        help: 'Id of the customer (`cus_…`), or its `external_id`.',
      },
      {
        name: 'standing',
        place: 'query',
        type: 'enum',
        help: 'Only accounts of this standing.',
        values: ['claimed', 'proven', 'attested', 'imported', 'disputed', 'lapsed'],
      },
      {
        name: 'account_id',
        place: 'query',
        type: 'string',
        help: 'The number of the AWS account.',
      },
      {
        name: 'updated_since',
        place: 'query',
        type: 'string',
        help: 'Leave out what was not changed since this moment.',
      },
    ],
    paginated: true,
    result: 'Account',
  },
  listApiKeys: {
    method: 'GET',
    path: '/v1/api-keys',
    help: 'List keys, without their secrets. A customer sees its own.',
    roles: ['operator', 'support', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'customer_id',
        place: 'query',
        type: 'string',
        help: 'Id of the customer (`cus_…`), or its `external_id`.',
      },
    ],
    paginated: true,
    result: 'ApiKey',
  },
  listAuditEntries: {
    method: 'GET',
    path: '/v1/audit-entries',
    help: 'List audit entries, newest first.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [
      {
        name: 'subject_id',
        place: 'query',
        type: 'string',
        help: 'Only changes of the resource with this id.',
      },
      {
        name: 'customer_id',
        place: 'query',
        type: 'string',
        help: 'Id of the customer (`cus_…`), or its `external_id`.',
      },
    ],
    paginated: true,
    result: 'AuditEntry',
  },
  listConnections: {
    method: 'GET',
    path: '/v1/connections',
    help: 'List connections.',
    roles: ['operator', 'support', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'customer_id',
        place: 'query',
        type: 'string',
        help: 'Id of the customer (`cus_…`), or its `external_id`.',
      },
      {
        name: 'endpoint_service_id',
        place: 'query',
        type: 'string',
        help: "Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`.",
      },
      {
        name: 'state',
        place: 'query',
        type: 'enum',
        help: 'Only connections in this state.',
        values: [
          'pendingAcceptance',
          'pending',
          'available',
          'deleting',
          'deleted',
          'rejected',
          'failed',
          'expired',
          'partial',
          'unknown',
        ],
      },
      {
        name: 'account_id',
        place: 'query',
        type: 'string',
        help: 'The AWS account that the endpoint is in.',
      },
    ],
    paginated: true,
    result: 'Connection',
  },
  listCustomers: {
    method: 'GET',
    path: '/v1/customers',
    help: 'List customers.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [
      {
        name: 'state',
        place: 'query',
        type: 'enum',
        help: 'Only customers in this state.',
        values: ['active', 'suspended', 'offboarding', 'offboarded'],
      },
      {
        name: 'updated_since',
        place: 'query',
        type: 'string',
        help: 'Leave out what was not changed since this moment.',
      },
    ],
    paginated: true,
    result: 'Customer',
  },
  listDeliveries: {
    method: 'GET',
    path: '/v1/webhooks/{id}/deliveries',
    help: 'List what was sent to a webhook, newest first, for 30 days.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['webhook'],
    flags: [
      {
        name: 'state',
        place: 'query',
        type: 'enum',
        help: 'Only deliveries in this state.',
        values: ['pending', 'delivered', 'failed', 'cancelled'],
      },
    ],
    paginated: true,
    result: 'Delivery',
  },
  listEffects: {
    method: 'GET',
    path: '/v1/effects',
    help: 'List the changes of AWS, newest first: what was intended, and what became of it.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [
      {
        name: 'endpoint_service_id',
        place: 'query',
        type: 'string',
        help: "Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`.",
      },
      {
        name: 'outcome',
        place: 'query',
        type: 'enum',
        help: 'Only changes with this outcome.',
        values: ['open', 'done', 'partial', 'refused', 'unknown'],
      },
    ],
    paginated: true,
    result: 'Effect',
  },
  listEndpointServices: {
    method: 'GET',
    path: '/v1/endpoint-services',
    help: 'List endpoint services.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [
      {
        name: 'region',
        place: 'query',
        type: 'string',
        help: 'Only services in this region of AWS.',
      },
      {
        name: 'updated_since',
        place: 'query',
        type: 'string',
        help: 'Leave out what was not changed since this moment.',
      },
    ],
    paginated: true,
    result: 'EndpointService',
  },
  listEvents: {
    method: 'GET',
    path: '/v1/events',
    help: 'List events, oldest first. Once you have read to the end, go on later with `after`: nothing is missed, and nothing comes twice. With `Accept: text/event-stream` they come as they happen (Server-Sent Events), from now on, or after the event that `Last-Event-ID` or `after` names.',
    roles: ['operator', 'support', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'type',
        place: 'query',
        type: 'string',
        help: 'One type, or all of a resource as `connection.*`.',
      },
      {
        name: 'subject_id',
        place: 'query',
        type: 'string',
        help: 'The id of the resource that has changed.',
      },
      {
        name: 'customer_id',
        place: 'query',
        type: 'string',
        help: 'By id or `external_id`. Customers see only their own.',
      },
      {
        name: 'since',
        place: 'query',
        type: 'string',
        help: 'Leave out what came about before this moment.',
      },
      {
        name: 'after',
        place: 'query',
        type: 'string',
        help: 'The id of the last event that you have.',
      },
    ],
    paginated: true,
    result: 'Event',
  },
  listGrants: {
    method: 'GET',
    path: '/v1/grants',
    help: 'List grants.',
    roles: ['operator', 'support', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'customer_id',
        place: 'query',
        type: 'string',
        help: 'Id of the customer (`cus_…`), or its `external_id`.',
      },
      {
        name: 'endpoint_service_id',
        place: 'query',
        type: 'string',
        help: "Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`.",
      },
      {
        name: 'updated_since',
        place: 'query',
        type: 'string',
        help: 'Leave out what was not changed since this moment.',
      },
    ],
    paginated: true,
    result: 'Grant',
  },
  listInvites: {
    method: 'GET',
    path: '/v1/customers/{id}/invites',
    help: 'List the invites of a customer.',
    roles: ['operator', 'support'],
    arguments: ['customer'],
    flags: [],
    paginated: true,
    result: 'Invite',
  },
  listNotes: {
    method: 'GET',
    path: '/v1/connections/{id}/notes',
    help: 'List the notes about a connection, the newest first.',
    roles: ['operator', 'support'],
    arguments: ['connection'],
    flags: [],
    paginated: true,
    result: 'Note',
  },
  listOperations: {
    method: 'GET',
    path: '/v1/operations',
    help: 'List operations, newest first.',
    roles: ['operator', 'support', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'state',
        place: 'query',
        type: 'enum',
        help: 'Only operations in this state.',
        values: ['running', 'succeeded', 'failed'],
      },
      {
        name: 'customer_id',
        place: 'query',
        type: 'string',
        help: 'Id of the customer (`cus_…`), or its `external_id`.',
      },
      {
        name: 'updated_since',
        place: 'query',
        type: 'string',
        help: 'Leave out what was not changed since this moment.',
      },
    ],
    paginated: true,
    result: 'Operation',
  },
  listPrincipals: {
    method: 'GET',
    path: '/v1/principals',
    help: 'List principals.',
    roles: ['operator', 'support', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'endpoint_service_id',
        place: 'query',
        type: 'string',
        help: "Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`.",
      },
      {
        name: 'state',
        place: 'query',
        type: 'enum',
        help: 'Only entries in this state.',
        values: ['pending', 'allowed', 'removing', 'unmanaged', 'contested', 'gone'],
      },
      {
        name: 'account_id',
        place: 'query',
        type: 'string',
        help: 'The AWS account that the entries let in.',
      },
    ],
    paginated: true,
    result: 'Principal',
  },
  listProviderAccounts: {
    method: 'GET',
    path: '/v1/provider-accounts',
    help: 'List your provider accounts.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [
      {
        name: 'updated_since',
        place: 'query',
        type: 'string',
        help: 'Leave out what was not changed since this moment.',
      },
    ],
    paginated: true,
    result: 'ProviderAccount',
  },
  listReconcileTargets: {
    method: 'GET',
    path: '/v1/reconcile-targets',
    help: 'List the places in AWS that workers look after, each with the report of its last run. Those of a service include the ones of its region, which it shares with others.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [
      {
        name: 'endpoint_service_id',
        place: 'query',
        type: 'string',
        help: "Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`.",
      },
      {
        name: 'kind',
        place: 'query',
        type: 'enum',
        help: 'Only targets of this kind.',
        values: [
          'configurations',
          'principals',
          'private_dns',
          'connections',
          'hints',
          'grant',
          'proof',
          'retirement',
          'customer',
          'alarms',
          'cleaning',
        ],
      },
    ],
    paginated: true,
    result: 'ReconcileTarget',
  },
  listRuns: {
    method: 'GET',
    path: '/v1/runs',
    help: 'List what runs of workers saw, decided, did and left, newest first. A run that told the same as the one before is not kept. Those of a service include the ones of its region, which it shares with others.',
    roles: ['operator', 'support'],
    arguments: [],
    flags: [
      {
        name: 'endpoint_service_id',
        place: 'query',
        type: 'string',
        help: "Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`.",
      },
      {
        name: 'kind',
        place: 'query',
        type: 'enum',
        help: 'Only runs of targets of this kind.',
        values: [
          'configurations',
          'principals',
          'private_dns',
          'connections',
          'hints',
          'grant',
          'proof',
          'retirement',
          'customer',
          'alarms',
          'cleaning',
        ],
      },
    ],
    paginated: true,
    result: 'Run',
  },
  listUnmanagedPrincipals: {
    method: 'GET',
    path: '/v1/endpoint-services/{id}/unmanaged-principals',
    help: "List the entries of the allowlist that are there and not Sallyport's, wanted or not.",
    roles: ['operator', 'support'],
    arguments: ['endpoint-service'],
    flags: [],
    paginated: true,
    result: 'Principal',
  },
  listWebhooks: {
    method: 'GET',
    path: '/v1/webhooks',
    help: 'List webhooks, without their secrets. A customer sees those that it has made.',
    roles: ['operator', 'support', 'customer'],
    arguments: [],
    flags: [
      {
        name: 'customer_id',
        place: 'query',
        type: 'string',
        help: 'Id of the customer (`cus_…`), or its `external_id`.',
      },
    ],
    paginated: true,
    result: 'Webhook',
  },
  offboardCustomer: {
    method: 'POST',
    path: '/v1/customers/{id}/offboard',
    help: 'Let a customer leave: principals go, then connections are rejected unless the policy says otherwise, then it is proven that nothing is left. Look at its offboarding first.',
    roles: ['operator'],
    arguments: ['customer'],
    flags: [
      {
        name: 'policy',
        place: 'body',
        type: 'enum',
        help: 'As it is when the leaving is under way already, else `reject`.',
        values: ['reject', 'drain', 'keep'],
      },
      {
        name: 'drain_until',
        place: 'body',
        type: 'string',
        help: 'Until when the customer may delete its connections itself; `drain` needs it.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Operation',
  },
  planEndpointService: {
    method: 'GET',
    path: '/v1/endpoint-services/{id}/plan',
    help: 'Show what would change in AWS if every aspect were in `manage`.',
    roles: ['operator', 'support'],
    arguments: ['endpoint-service'],
    flags: [],
    result: 'Plan',
  },
  putAccount: {
    method: 'PUT',
    path: '/v1/accounts/{id}',
    help: 'Have a customer have an account, by customer and number as `acme:222222222222`; claimed when it is not there. The same again changes nothing and answers the same.',
    roles: ['operator', 'customer'],
    arguments: ['account'],
    flags: [
      {
        name: 'partition',
        place: 'body',
        type: 'enum',
        help: '`aws` unless said otherwise. It cannot be changed.',
        values: ['aws', 'aws-cn', 'aws-us-gov'],
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'Account',
  },
  putCustomer: {
    method: 'PUT',
    path: '/v1/customers/{id}',
    help: 'Have a customer be as declared, by its `external_id`; made when it is not there. The same again changes nothing and answers the same.',
    roles: ['operator'],
    arguments: ['customer'],
    flags: [
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.', required: true },
      { name: 'metadata', place: 'body', type: 'map', help: 'Empty unless given.' },
      {
        name: 'contacts',
        place: 'body',
        type: 'json',
        help: 'Whom to ask at the customer; nobody unless given. A JSON array of {"name": …, "email": …}.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'Customer',
  },
  putEndpointService: {
    method: 'PUT',
    path: '/v1/endpoint-services/{id}',
    help: "Have a service be as declared, by AWS's `vpce-svc-…`; registered when it is not there. The same again changes nothing and answers the same.",
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.', required: true },
      {
        name: 'provider_account_id',
        place: 'body',
        type: 'string',
        help: 'Id of the provider account, or its 12-digit account number. It cannot be changed.',
        required: true,
      },
      {
        name: 'region',
        place: 'body',
        type: 'string',
        help: 'It cannot be changed.',
        required: true,
      },
      {
        name: 'modes',
        place: 'body',
        type: 'map',
        help: 'An aspect that is left out stays as it is; of a new service it is `observe`.',
      },
      {
        name: 'on_external_removal',
        place: 'body',
        type: 'enum',
        help: '`hold` unless said otherwise.',
        values: ['hold', 'restore'],
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'EndpointService',
  },
  putGrant: {
    method: 'PUT',
    path: '/v1/grants/{id}',
    help: 'Have a grant be as declared, by customer and service as `acme:vpce-svc-…`; made when it is not there. The same again changes nothing and answers the same.',
    roles: ['operator'],
    arguments: ['grant'],
    flags: [
      {
        name: 'account_ids',
        place: 'body',
        type: 'list',
        help: 'Account numbers it covers; left out for every account of the customer.',
      },
      {
        name: 'role_names',
        place: 'body',
        type: 'list',
        help: 'Names of the only roles to let in; left out for the whole account.',
      },
      {
        name: 'acceptance',
        place: 'body',
        type: 'enum',
        help: '`automatic` unless said otherwise.',
        values: ['automatic', 'manual'],
      },
      {
        name: 'connections_max',
        place: 'body',
        type: 'integer',
        help: 'The most connections that may be live at once; null or left out for no limit.',
        nullable: true,
      },
      {
        name: 'endpoint_regions',
        place: 'body',
        type: 'list',
        help: 'Regions that endpoints may be in; left out for every Region.',
      },
      {
        name: 'expires_at',
        place: 'body',
        type: 'string',
        help: 'When it ends; null or left out for no end.',
        nullable: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'Grant',
  },
  putPrivateDns: {
    method: 'PUT',
    path: '/v1/endpoint-services/{id}/private-dns',
    help: 'Want a private DNS name: the record is published, verified and watched.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'name',
        place: 'body',
        type: 'string',
        help: 'Lower case; a leading `*.` is allowed.',
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'PrivateDns',
  },
  putProviderAccount: {
    method: 'PUT',
    path: '/v1/provider-accounts/{id}',
    help: 'Have a provider account be as declared, by its account number; made when it is not there. The same again changes nothing and answers the same.',
    roles: ['operator'],
    arguments: ['provider-account'],
    flags: [
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.', required: true },
      {
        name: 'role_arn',
        place: 'body',
        type: 'string',
        help: "The role that the worker assumes there. Leave it out when the worker's own credentials are of this account.",
        nullable: true,
      },
      {
        name: 'external_id',
        place: 'body',
        type: 'string',
        help: 'The external id that the trust policy of the role asks for (STS API reference, AssumeRole).',
        nullable: true,
      },
      {
        name: 'regions',
        place: 'body',
        type: 'list',
        help: 'The regions that workers look at.',
        required: true,
      },
      {
        name: 'hosted_zones',
        place: 'body',
        type: 'json',
        help: 'Public hosted zones that Sallyport may write verification records into; none unless given. A JSON array of {"zone_id": …, "role_arn": …}.',
      },
      {
        name: 'notification_queue_arns',
        place: 'body',
        type: 'list',
        help: "SQS queues with PrivateLink's connection notifications, one for a region at most; none unless given.",
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'ProviderAccount',
  },
  reconcileEndpointService: {
    method: 'POST',
    path: '/v1/endpoint-services/{id}/reconcile',
    help: 'Read AWS now and bring it in line, as far as the modes allow.',
    roles: ['operator', 'support'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    result: 'Operation',
  },
  redeemInvite: {
    method: 'POST',
    path: '/v1/invites/redeem',
    help: 'Redeem an invite for an API key of the customer. The secret is shown only in this answer.',
    roles: ['anyone'],
    arguments: [],
    flags: [
      {
        name: 'token',
        place: 'body',
        type: 'string',
        help: 'The token of the invite. It works once.',
        required: true,
        secret: true,
      },
      {
        name: 'key_name',
        place: 'body',
        type: 'string',
        help: 'A name for the new key, for example who will use it.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'ApiKeyWithSecret',
  },
  redeliverEvent: {
    method: 'POST',
    path: '/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver',
    help: 'Send a message once more, whatever became of it. It has the same `webhook-id`.',
    roles: ['operator', 'support', 'customer'],
    arguments: ['webhook', 'delivery-id'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    result: 'Delivery',
  },
  rejectConnection: {
    method: 'POST',
    path: '/v1/connections/{id}/reject',
    help: 'Cut a connection off. The customer must make a new endpoint to come back.',
    roles: ['operator'],
    arguments: ['connection'],
    flags: [
      { name: 'reason', place: 'body', type: 'string', help: 'Why. The customer can read it.' },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Connection',
  },
  releasePrincipal: {
    method: 'POST',
    path: '/v1/principals/{id}/release',
    help: "Release a contested principal: it is Sallyport's no longer, and is not put back. It holds until no grant wants the entry any more, or until you restore it.",
    roles: ['operator'],
    arguments: ['principal'],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: 'Why, for the audit log.',
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Principal',
  },
  restorePrincipal: {
    method: 'POST',
    path: '/v1/principals/{id}/restore',
    help: 'Restore a contested principal: put back, this once, what other hands have removed.',
    roles: ['operator'],
    arguments: ['principal'],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: 'Why, for the audit log.',
        required: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Principal',
  },
  resumeCustomer: {
    method: 'POST',
    path: '/v1/customers/{id}/resume',
    help: 'Resume a suspended customer: what its grants want comes back. A connection that was rejected never does: the customer makes a new endpoint. The answer names them.',
    roles: ['operator'],
    arguments: ['customer'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    result: 'CustomerResumed',
  },
  retireEndpointService: {
    method: 'POST',
    path: '/v1/endpoint-services/{id}/retire',
    help: 'Retire an endpoint service: nobody is let in any more, what lives is rejected, and AWS deletes it. There is no way back. Every aspect has to be in `manage`. Its registration stays, with the history of its connections, until it is deleted here too.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: 'Why, for whoever asks where it has gone.',
        required: true,
      },
      {
        name: 'force_registered',
        place: 'body',
        type: 'boolean',
        help: 'Delete it in AWS although Sallyport did not create it.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Operation',
  },
  revokeApiKey: {
    method: 'DELETE',
    path: '/v1/api-keys/{id}',
    help: 'Revoke a key, at once.',
    roles: ['operator', 'customer'],
    arguments: ['api-key'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
  },
  revokeInvite: {
    method: 'DELETE',
    path: '/v1/customers/{id}/invites/{invite_id}',
    help: 'Revoke an invite that has not been redeemed.',
    roles: ['operator'],
    arguments: ['customer', 'invite-id'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
  },
  rotateApiKey: {
    method: 'POST',
    path: '/v1/api-keys/{id}/rotate',
    help: 'Rotate a key: a new one takes its place, and the old one ends after a while. Both work until then, and no more than these two. The new one has the name, the role and the scopes of the old one. Its secret is shown only in this answer.',
    roles: ['operator', 'customer'],
    arguments: ['api-key'],
    flags: [
      {
        name: 'overlap_seconds',
        place: 'body',
        type: 'integer',
        help: 'For how long the old key goes on, in seconds; 0 ends it at once. A day by itself.',
      },
      {
        name: 'expires_at',
        place: 'body',
        type: 'string',
        help: 'When the new key ends. By itself it lives for as long as the old one was to.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'ApiKeyWithSecret',
  },
  rotateWebhookSecret: {
    method: 'POST',
    path: '/v1/webhooks/{id}/rotate-secret',
    help: 'Rotate the secret of a webhook: messages are signed with both until the old one ends. The new secret is shown only in this answer.',
    roles: ['operator', 'customer'],
    arguments: ['webhook'],
    flags: [
      {
        name: 'overlap_hours',
        place: 'body',
        type: 'integer',
        help: 'For how many hours the old secret goes on to sign, too; 0 ends it at once.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'WebhookWithSecret',
  },
  setEndpointServiceModes: {
    method: 'PATCH',
    path: '/v1/endpoint-services/{id}/modes',
    help: 'Switch aspects between `observe` and `manage`. Look at the plan first.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'principals',
        place: 'body',
        type: 'enum',
        help: 'The allowlist.',
        values: ['observe', 'manage'],
      },
      {
        name: 'acceptance',
        place: 'body',
        type: 'enum',
        help: 'Accepting and rejecting connections.',
        values: ['observe', 'manage'],
      },
      {
        name: 'private_dns',
        place: 'body',
        type: 'enum',
        help: 'The private DNS name, and the record that proves it.',
        values: ['observe', 'manage'],
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'EndpointService',
  },
  submitProof: {
    method: 'POST',
    path: '/v1/accounts/{id}/proofs',
    help: 'Hand in the signed challenge. A worker asks AWS who signed it.',
    roles: ['operator', 'customer'],
    arguments: ['account'],
    flags: [
      {
        name: 'challenge_id',
        place: 'body',
        type: 'string',
        help: 'The challenge that was signed.',
        required: true,
      },
      {
        name: 'region',
        place: 'body',
        type: 'string',
        help: 'The region whose STS host was signed for.',
        required: true,
      },
      {
        name: 'access_key_id',
        place: 'body',
        type: 'string',
        help: 'The access key id that signed: `AKIA…` or, of a session, `ASIA…`. It is no secret.',
        required: true,
      },
      {
        name: 'amz_date',
        place: 'body',
        type: 'string',
        help: '`X-Amz-Date` as signed: `YYYYMMDDTHHMMSSZ`.',
        required: true,
      },
      {
        name: 'session_token',
        place: 'body',
        type: 'string',
        help: 'The session token of temporary credentials, as signed. Alone it lets nobody in.',
        secret: true,
      },
      {
        name: 'signature',
        place: 'body',
        type: 'string',
        help: '`X-Amz-Signature`: 64 hexadecimal digits.',
        required: true,
        secret: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Operation',
  },
  suspendCustomer: {
    method: 'POST',
    path: '/v1/customers/{id}/suspend',
    help: 'Suspend a customer: nothing new is accepted. What becomes of its principals and live connections is up to the policy.',
    roles: ['operator'],
    arguments: ['customer'],
    flags: [
      {
        name: 'reason',
        place: 'body',
        type: 'string',
        help: 'Why. The customer can read it.',
        required: true,
      },
      {
        name: 'policy',
        place: 'body',
        type: 'enum',
        help: 'What it takes away. As it is when the customer is suspended already, else `keep`.',
        values: ['keep', 'block', 'reject'],
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    body: true,
    result: 'Operation',
  },
  testWebhook: {
    method: 'POST',
    path: '/v1/webhooks/{id}/test',
    help: 'Send a message of type `webhook.test`, to see that it arrives.',
    roles: ['operator', 'customer'],
    arguments: ['webhook'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    result: 'Delivery',
  },
  unfreezeEndpointService: {
    method: 'POST',
    path: '/v1/endpoint-services/{id}/unfreeze',
    help: 'Unfreeze an endpoint service: it goes on as its modes say. Look at the plan first.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    result: 'EndpointService',
  },
  updateCustomer: {
    method: 'PATCH',
    path: '/v1/customers/{id}',
    help: 'Change the name, the metadata or the contacts.',
    roles: ['operator'],
    arguments: ['customer'],
    flags: [
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.' },
      {
        name: 'metadata',
        place: 'body',
        type: 'map',
        help: 'Takes the place of all that is there.',
      },
      {
        name: 'contacts',
        place: 'body',
        type: 'json',
        help: 'Take the place of all that are there. A JSON array of {"name": …, "email": …}.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'Customer',
  },
  updateEndpointService: {
    method: 'PATCH',
    path: '/v1/endpoint-services/{id}',
    help: 'Rename an endpoint service, or say what becomes of entries that other hands remove.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.' },
      {
        name: 'on_external_removal',
        place: 'body',
        type: 'enum',
        help: "What becomes of an allowlist entry of Sallyport's that other hands remove.",
        values: ['hold', 'restore'],
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'EndpointService',
  },
  updateGrant: {
    method: 'PATCH',
    path: '/v1/grants/{id}',
    help: 'Change what a grant covers, or its terms.',
    roles: ['operator'],
    arguments: ['grant'],
    flags: [
      {
        name: 'account_ids',
        place: 'body',
        type: 'list',
        help: 'Account numbers it covers, in place of those before; empty for every account of the customer.',
      },
      {
        name: 'role_names',
        place: 'body',
        type: 'list',
        help: 'Names of the only roles to let in, in place of those before; empty for the whole account.',
      },
      {
        name: 'acceptance',
        place: 'body',
        type: 'enum',
        help: 'Who decides about connections from now on.',
        values: ['automatic', 'manual'],
      },
      {
        name: 'connections_max',
        place: 'body',
        type: 'integer',
        help: 'The most connections that may be live at once; null for no limit. Those that are up stay.',
        nullable: true,
      },
      {
        name: 'endpoint_regions',
        place: 'body',
        type: 'list',
        help: 'Regions that endpoints may be in, in place of those before; empty for every Region.',
      },
      {
        name: 'expires_at',
        place: 'body',
        type: 'string',
        help: 'When it ends; null for no end.',
        nullable: true,
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'Grant',
  },
  updateProviderAccount: {
    method: 'PATCH',
    path: '/v1/provider-accounts/{id}',
    help: 'Change the name, the regions, the hosted zones or the queues.',
    roles: ['operator'],
    arguments: ['provider-account'],
    flags: [
      { name: 'name', place: 'body', type: 'string', help: 'What people call it.' },
      {
        name: 'regions',
        place: 'body',
        type: 'list',
        help: 'The regions that workers look at, in place of those before.',
      },
      {
        name: 'hosted_zones',
        place: 'body',
        type: 'json',
        help: 'Public hosted zones that Sallyport may write verification records into, in place of those before. A JSON array of {"zone_id": …, "role_arn": …}.',
      },
      {
        name: 'notification_queue_arns',
        place: 'body',
        type: 'list',
        help: "SQS queues with PrivateLink's connection notifications, one for a region at most. With one, a new connection is seen at once and not at the next poll. Its messages are taken away.",
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'ProviderAccount',
  },
  updateWebhook: {
    method: 'PATCH',
    path: '/v1/webhooks/{id}',
    help: 'Change a webhook, or switch it off or on.',
    roles: ['operator', 'customer'],
    arguments: ['webhook'],
    flags: [
      {
        name: 'target_url',
        place: 'body',
        type: 'string',
        help: 'Where messages are sent: https, and an address of the public internet.',
      },
      {
        name: 'description',
        place: 'body',
        type: 'string',
        help: 'What it is for, in your words.',
      },
      {
        name: 'event_types',
        place: 'body',
        type: 'list',
        help: 'Types, or all of a resource as `connection.*`, in place of those before; none for every type.',
      },
      {
        name: 'enabled',
        place: 'body',
        type: 'boolean',
        help: 'False to send nothing for now. What comes meanwhile is not sent later.',
      },
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    conditional: true,
    body: true,
    result: 'Webhook',
  },
  verifyPrivateDns: {
    method: 'POST',
    path: '/v1/endpoint-services/{id}/private-dns/verify',
    help: 'Have the private DNS name published and verified anew, at once. For when what kept it has been mended, or other hands have taken the record away: it is put beside what is there, and AWS is asked to look.',
    roles: ['operator'],
    arguments: ['endpoint-service'],
    flags: [
      {
        name: 'validate_only',
        place: 'query',
        type: 'boolean',
        help: 'Do everything but keep nothing: the answer is what the change would give.',
      },
      {
        name: 'change_ref',
        place: 'query',
        type: 'string',
        help: 'A ticket or change number, kept in the audit log.',
      },
    ],
    result: 'PrivateDns',
  },
};
