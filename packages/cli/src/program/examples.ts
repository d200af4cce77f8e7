// One example for each generated command: what stands behind its words. The help leads with it,
// and a test runs every one of them.

import type { OperationId } from '../generated/commands.ts';

export const examples: Record<OperationId, string | null> = {
  createAccount: '--customer-id acme --account-id 222222222222',
  listAccounts: '--customer-id acme --standing claimed',
  getAccount: '222222222222',
  putAccount: 'acme:222222222222',
  deleteAccount: '222222222222 --change-ref OPS-1234',
  attestAccount: '222222222222 --reason "Named in contract 2026-117"',
  attestAccounts: '--accounts acme:222222222222 --accounts acme:333333333333 --reason "C-4711"',
  forgetTokenIssuer: '222222222222 --reason "New issuer, confirmed by phone"',
  createChallenge: '222222222222',
  getProofRole: '222222222222',
  submitProof: '222222222222 --file proof.json',

  createApiKey: '--name "Support desk" --role support --expires-at 2027-06-30T00:00:00Z',
  rotateApiKey: 'key_01kaqy0v5ne4rvk3z4m5t6w7x8 --overlap-seconds 3600',
  getCaller: null,
  getSignIn: '',
  listApiKeys: '--customer-id acme',
  getApiKey: 'key_01kaqy0v5ne4rvk3z4m5t6w7x8',
  revokeApiKey: 'key_01kaqy0v5ne4rvk3z4m5t6w7x8',

  listAuditEntries: '--actor key_01kaqy0v5ne4rvk3z4m5t6w7x8 --limit 20',
  getAuditHead: '',
  getAccessReport: '--endpoint-service-id vpce-svc-0a1b2c3d4e5f60718 --at 2026-11-01T00:00:00Z',

  listConnections: '--customer-id acme --state pendingAcceptance',
  getConnection: 'vpce-0a1b2c3d4e5f60718',
  acceptConnection: 'vpce-0a1b2c3d4e5f60718 --reason "Confirmed by phone"',
  updateConnection: 'vpce-0a1b2c3d4e5f60718 --dns hosted-zone',
  rejectConnection: 'vpce-0a1b2c3d4e5f60718 --reason "Contract ended"',
  getConnectionHistory: 'vpce-0a1b2c3d4e5f60718',
  createNote: 'vpce-0a1b2c3d4e5f60718 --text "Their resolver is in the hub, OPS-1234"',
  listNotes: 'vpce-0a1b2c3d4e5f60718',
  deleteNote: 'vpce-0a1b2c3d4e5f60718 note_01kaqy0v5ne4rvk3z4m5t6w7x8',
  diagnoseConnection: null,
  diagnoseEndpoint: null,

  createCustomer: '--external-id acme --name "Acme Inc" --metadata plan=gold',
  listCustomers: '--state active',
  getCustomer: 'acme',
  putCustomer: 'acme --name "Acme Inc" --metadata plan=gold',
  updateCustomer: 'acme --name "Acme Corporation"',
  suspendCustomer: 'acme --reason "Unpaid since May" --policy block',
  resumeCustomer: 'acme',
  getOffboarding: 'acme --policy drain',
  offboardCustomer: 'acme --policy reject --change-ref OPS-1234',
  createInvite: 'acme',
  listInvites: 'acme',
  revokeInvite: 'acme inv_01kaqy0v5ne4rvk3z4m5t6w7x8',
  createCustomerToken: 'acme --subject alice@acme.example --scopes read',

  getDeployment: '',
  confirmDeployment: '--reason "Restored on purpose, INC-4711"',

  listEvents: '--type connection.* --customer-id acme',
  getEvent: 'evt_01kaqy0v5ne4rvk3z4m5t6w7x8',

  createGrant: '--customer-id acme --endpoint-service-id vpce-svc-0a1b2c3d4e5f60718',
  listGrants: '--customer-id acme',
  getGrant: 'grt_01kaqy0v5ne4rvk3z4m5t6w7x8',
  putGrant: 'acme:vpce-svc-0a1b2c3d4e5f60718 --role-names app',
  updateGrant: 'grt_01kaqy0v5ne4rvk3z4m5t6w7x8 --acceptance manual --connections-max 4',
  deleteGrant: 'grt_01kaqy0v5ne4rvk3z4m5t6w7x8',

  createImport: '--file world.json --dry-run',

  redeemInvite: '--token-file invite.txt --key-name "Platform team"',

  listEffects: '--endpoint-service-id vpce-svc-0a1b2c3d4e5f60718 --outcome refused',

  createObservation: 'vpce-0a1b2c3d4e5f60718 --file observation.json',
  listObservations: 'vpce-0a1b2c3d4e5f60718 --limit 5',
  createObservationToken: 'vpce-0a1b2c3d4e5f60718',
  uploadObservation: '--file upload.json',

  listOperations: '--state running',
  getOperation: 'op_01kaqy0v5ne4rvk3z4m5t6w7x8',

  listPrincipals: '--endpoint-service-id vpce-svc-0a1b2c3d4e5f60718 --state contested',
  getPrincipal: 'prn_01kaqy0v5ne4rvk3z4m5t6w7x8',
  restorePrincipal: 'prn_01kaqy0v5ne4rvk3z4m5t6w7x8 --reason "The old pipeline is off, OPS-8"',
  releasePrincipal: 'prn_01kaqy0v5ne4rvk3z4m5t6w7x8 --reason "Removed on purpose, OPS-9"',

  createProviderAccount: '--name production --account-id 111111111111 --regions us-east-1',
  listProviderAccounts: '',
  getProviderAccount: '111111111111',
  putProviderAccount: '111111111111 --name production --regions us-east-1',
  updateProviderAccount: '111111111111 --regions us-east-1 --regions eu-west-1',
  deleteProviderAccount: '111111111111',

  listRuns: '--endpoint-service-id vpce-svc-0a1b2c3d4e5f60718 --kind principals',

  listReconcileTargets: '--endpoint-service-id vpce-svc-0a1b2c3d4e5f60718 --kind principals',

  createEndpointService:
    '--name api --provider-account-id 111111111111 --region us-east-1' +
    ' --service-id vpce-svc-0a1b2c3d4e5f60718',
  listEndpointServices: '--region us-east-1',
  getEndpointService: 'vpce-svc-0a1b2c3d4e5f60718',
  putEndpointService:
    'vpce-svc-0a1b2c3d4e5f60718 --name API --provider-account-id 111111111111 --region us-east-1',
  updateEndpointService: 'vpce-svc-0a1b2c3d4e5f60718 --name public-api',
  deleteEndpointService: 'vpce-svc-0a1b2c3d4e5f60718',
  setEndpointServiceModes: 'vpce-svc-0a1b2c3d4e5f60718 --principals manage --acceptance manage',
  planEndpointService: 'vpce-svc-0a1b2c3d4e5f60718',
  getDrift: 'vpce-svc-0a1b2c3d4e5f60718',
  freezeEndpointService: 'vpce-svc-0a1b2c3d4e5f60718 --reason "load balancers are being moved"',
  unfreezeEndpointService: 'vpce-svc-0a1b2c3d4e5f60718',
  retireEndpointService: 'vpce-svc-0a1b2c3d4e5f60718 --reason "replaced by another one"',
  reconcileEndpointService: 'vpce-svc-0a1b2c3d4e5f60718',
  listUnmanagedPrincipals: 'vpce-svc-0a1b2c3d4e5f60718',
  adoptPrincipal:
    'vpce-svc-0a1b2c3d4e5f60718 arn:aws:iam::222222222222:root --reason "Ours since 2021"',
  adoptPrincipals: 'vpce-svc-0a1b2c3d4e5f60718 --file principals.json --reason "Migration, OPS-7"',
  getPrivateDns: 'vpce-svc-0a1b2c3d4e5f60718',
  putPrivateDns: 'vpce-svc-0a1b2c3d4e5f60718 --name api.vendor.example',
  deletePrivateDns: 'vpce-svc-0a1b2c3d4e5f60718',
  verifyPrivateDns: 'vpce-svc-0a1b2c3d4e5f60718',

  renderSetup:
    '--endpoint-service-id vpce-svc-0a1b2c3d4e5f60718 --account-id 222222222222 ' +
    '--format terraform --vpc-id vpc-0a1b2c3d4e5f60718',
  preflight:
    '--endpoint-service-id vpce-svc-0a1b2c3d4e5f60718 --account-id 222222222222 ' +
    '--availability-zone-ids use1-az1',

  createWebhook: '--target-url https://hooks.example.com/sallyport --event-types connection.*',
  listWebhooks: '--customer-id acme',
  getWebhook: 'whk_01kaqy0v5ne4rvk3z4m5t6w7x8',
  updateWebhook: 'whk_01kaqy0v5ne4rvk3z4m5t6w7x8 --enabled',
  deleteWebhook: 'whk_01kaqy0v5ne4rvk3z4m5t6w7x8',
  rotateWebhookSecret: 'whk_01kaqy0v5ne4rvk3z4m5t6w7x8 --overlap-hours 48',
  testWebhook: 'whk_01kaqy0v5ne4rvk3z4m5t6w7x8',
  listDeliveries: 'whk_01kaqy0v5ne4rvk3z4m5t6w7x8 --state failed',
  getDelivery: 'whk_01kaqy0v5ne4rvk3z4m5t6w7x8 dlv_01kaqy0v5ne4rvk3z4m5t6w7x8',
  redeliverEvent: 'whk_01kaqy0v5ne4rvk3z4m5t6w7x8 dlv_01kaqy0v5ne4rvk3z4m5t6w7x8',
};
