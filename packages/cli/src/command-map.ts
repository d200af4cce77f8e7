// The words that a person types for each operation, at most three. A new operation does not compile
// before it has words here, or null for one that a hand-made command stands for.

import type { OperationId } from './generated/commands.ts';

export const commandWords = {
  createAccount: 'accounts create',
  listAccounts: 'accounts list',
  getAccount: 'accounts get',
  putAccount: 'accounts put',
  deleteAccount: 'accounts delete',
  attestAccount: 'accounts attest',
  attestAccounts: 'accounts attest-all',
  forgetTokenIssuer: 'accounts forget-token-issuer',
  createChallenge: 'accounts create-challenge',
  getProofRole: 'accounts proof-role',
  submitProof: 'accounts submit-proof',

  createApiKey: 'api-keys create',
  listApiKeys: 'api-keys list',
  getApiKey: 'api-keys get',
  rotateApiKey: 'api-keys rotate',
  revokeApiKey: 'api-keys revoke',

  // `sallyport auth status`, which also tells where the key is from.
  getCaller: null,

  getSignIn: 'sign-in get',

  listAuditEntries: 'audit list',
  getAuditHead: 'audit head',
  getAccessReport: 'audit access',

  listConnections: 'connections list',
  getConnection: 'connections get',
  acceptConnection: 'connections accept',
  rejectConnection: 'connections reject',
  updateConnection: 'connections update',
  getConnectionHistory: 'connections history',
  createNote: 'connections notes create',
  listNotes: 'connections notes list',
  deleteNote: 'connections notes delete',
  // `sallyport diagnose`, which has exit codes of its own.
  diagnoseConnection: null,
  diagnoseEndpoint: null,

  createCustomer: 'customers create',
  listCustomers: 'customers list',
  getCustomer: 'customers get',
  putCustomer: 'customers put',
  updateCustomer: 'customers update',
  suspendCustomer: 'customers suspend',
  resumeCustomer: 'customers resume',
  getOffboarding: 'customers offboarding',
  offboardCustomer: 'customers offboard',
  createInvite: 'customers invites create',
  listInvites: 'customers invites list',
  revokeInvite: 'customers invites revoke',
  createCustomerToken: 'customers tokens create',

  getDeployment: 'deployment get',
  confirmDeployment: 'deployment confirm',

  listEvents: 'events list',
  getEvent: 'events get',

  createGrant: 'grants create',
  listGrants: 'grants list',
  getGrant: 'grants get',
  putGrant: 'grants put',
  updateGrant: 'grants update',
  deleteGrant: 'grants delete',

  createImport: 'imports create',

  redeemInvite: 'invites redeem',

  listEffects: 'effects list',

  createObservation: 'observations create',
  listObservations: 'observations list',
  createObservationToken: 'observations create-token',
  uploadObservation: 'observations upload',

  listOperations: 'operations list',
  getOperation: 'operations get',

  listPrincipals: 'principals list',
  getPrincipal: 'principals get',
  restorePrincipal: 'principals restore',
  releasePrincipal: 'principals release',

  createProviderAccount: 'provider-accounts create',
  listProviderAccounts: 'provider-accounts list',
  getProviderAccount: 'provider-accounts get',
  putProviderAccount: 'provider-accounts put',
  updateProviderAccount: 'provider-accounts update',
  deleteProviderAccount: 'provider-accounts delete',

  listReconcileTargets: 'targets list',

  listRuns: 'runs list',

  createEndpointService: 'services create',
  listEndpointServices: 'services list',
  getEndpointService: 'services get',
  putEndpointService: 'services put',
  updateEndpointService: 'services update',
  deleteEndpointService: 'services delete',
  setEndpointServiceModes: 'services set-modes',
  planEndpointService: 'services plan',
  getDrift: 'services drift',
  freezeEndpointService: 'services freeze',
  unfreezeEndpointService: 'services unfreeze',
  retireEndpointService: 'services retire',
  reconcileEndpointService: 'services reconcile',
  listUnmanagedPrincipals: 'services unmanaged list',
  adoptPrincipal: 'services unmanaged adopt',
  adoptPrincipals: 'services unmanaged adopt-many',
  getPrivateDns: 'services private-dns get',
  putPrivateDns: 'services private-dns put',
  deletePrivateDns: 'services private-dns delete',
  verifyPrivateDns: 'services private-dns verify',

  preflight: 'setup preflight',
  renderSetup: 'setup render',

  createWebhook: 'webhooks create',
  listWebhooks: 'webhooks list',
  getWebhook: 'webhooks get',
  updateWebhook: 'webhooks update',
  deleteWebhook: 'webhooks delete',
  rotateWebhookSecret: 'webhooks rotate-secret',
  testWebhook: 'webhooks test',
  listDeliveries: 'webhooks deliveries list',
  getDelivery: 'webhooks deliveries get',
  redeliverEvent: 'webhooks deliveries redeliver',
} as const satisfies Record<OperationId, string | null>;

/** All words before the last, as in `services private-dns`. */
export type GroupName = GroupOf<NonNullable<(typeof commandWords)[OperationId]>>;

/** What each group is about, for the help. */
export const groups = {
  accounts: "customers' AWS accounts: claim, prove, attest",
  'api-keys': 'keys of staff and customers',
  audit: 'who changed what, when and why',
  connections: 'VPC endpoints attached to your services: accept, reject, history',
  customers: 'the tenants you let in',
  'connections notes': 'what the people of the vendor tell each other',
  'customers invites': 'one-time invites, redeemed for an API key',
  'customers tokens': 'tokens of minutes, for sessions of your portal',
  deployment: 'which Sallyport this is, and whether it may change AWS',
  effects: 'every change of AWS: what was intended, and what became of it',
  events: 'what has changed, in order: to be followed',
  grants: 'which customer may use which service, on which terms',
  imports: 'what you had before: customers, accounts, grants, connections in bulk',
  invites: 'the receiving end of an invite',
  observations: 'what customers see of their side of a connection: DNS, TCP, TLS',
  operations: 'long-running changes and their progress',
  principals: 'the allowlists: wanted, found, contested',
  'provider-accounts': 'your own AWS accounts',
  services: 'your endpoint services: modes, plan, reconcile',
  'services private-dns': 'the private DNS name of a service',
  runs: 'what runs of the workers saw, decided, did and left',
  targets: 'what the workers look after, and what their last runs told',
  'sign-in': 'how staff sign in here',
  'services unmanaged': 'allowlist entries that other hands have made: look, adopt',
  setup: 'what a customer needs to make its endpoint',
  webhooks: 'addresses that events are sent to, signed',
  'webhooks deliveries': 'what was sent to a webhook, and what came of it',
} as const satisfies Record<GroupName, string>;

type GroupOf<Words extends string> = Words extends `${infer A} ${infer B} ${string}`
  ? A | `${A} ${B}`
  : Words extends `${infer A} ${string}`
    ? A
    : never;
