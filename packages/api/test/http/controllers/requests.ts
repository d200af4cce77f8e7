// A valid request for every operation of the contract, against things made for it alone.

import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import * as deployments from '../../../src/storage/deployments.ts';
import * as principals from '../../../src/storage/principals.ts';
import * as serviceMarks from '../../../src/storage/service-marks.ts';
import { accountSamples } from './account-requests.ts';
import { observationReads, observationSamples } from './observation-requests.ts';
import { webhookSamples } from './webhook-requests.ts';
import type { Api, Who } from '../../harness.ts';
import type { ChangeSample, Sending } from './change-sample.ts';
import { declarationSamples } from './declaration-samples.ts';
import { addInvite, addNote, hold, type World } from './world.ts';
import { questionSamples } from './question-samples.ts';

export type { Sending } from './change-sample.ts';

export type ReadSample = (world: World) => Promise<string> | string;

/** Sends it as `who`; headers and query come on top. */
export function send(
  api: Api,
  who: Who,
  { method, path, body, headers }: Sending,
  extra: { headers?: Record<string, string>; query?: Record<string, string> } = {},
): Promise<Response> {
  const request = api.request(who)[method](path);
  const query = extra.query ?? {};
  return Promise.resolve(
    request
      .set({ ...headers, ...extra.headers })
      .query(query)
      .send(body),
  );
}

/** Operations of customers are about `acme`, whose key is there; the others about somebody new. */
export const changeSamples: Record<string, ChangeSample> = {
  ...declarationSamples,
  createProviderAccount: {
    again: 'refused already_exists',
    make: async ({ scene }) => ({
      method: 'post',
      path: '/v1/provider-accounts',
      body: { name: 'production', account_id: scene.accountNumber(), regions: ['us-east-1'] },
    }),
  },
  updateProviderAccount: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'patch',
      path: `/v1/provider-accounts/${(await scene.providerAccount()).id}`,
      body: { name: 'renamed', hosted_zones: [{ zone_id: 'Z1', role_arn: null }] },
      headers: { 'if-match': '*' },
    }),
  },
  deleteProviderAccount: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'delete',
      path: `/v1/provider-accounts/${(await scene.providerAccount()).id}`,
    }),
  },
  createEndpointService: {
    again: 'refused already_exists',
    make: async ({ scene }) => ({
      method: 'post',
      path: '/v1/endpoint-services',
      body: {
        name: 'Example API',
        provider_account_id: (await scene.providerAccount()).id,
        region: 'us-east-1',
        service_id: `vpce-svc-0${scene.accountNumber()}`,
      },
    }),
  },
  updateEndpointService: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'patch',
      path: `/v1/endpoint-services/${(await scene.service()).id}`,
      body: { name: 'renamed' },
    }),
  },
  deleteEndpointService: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'delete',
      path: `/v1/endpoint-services/${(await scene.service()).id}`,
    }),
  },
  setEndpointServiceModes: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'patch',
      path: `/v1/endpoint-services/${(await scene.service()).id}/modes`,
      body: { principals: 'observe' },
    }),
  },
  confirmDeployment: {
    again: 'nothing',
    make: async ({ api, scene }) => {
      await deployments.settle(api.db, api.makeId('deployment'));
      const { id } = await scene.service();
      await serviceMarks.recordStrange(api.db, id, 'by hand', 'another_deployment');
      const reason = `Looked at by hand, INC-${scene.accountNumber()}`;
      return { method: 'post', path: '/v1/deployment/confirm', body: { reason } };
    },
  },
  freezeEndpointService: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'post',
      path: `/v1/endpoint-services/${(await scene.service()).id}/freeze`,
      body: { reason: 'Load balancers are being moved.' },
    }),
  },
  unfreezeEndpointService: {
    again: 'nothing',
    make: async ({ scene }) => {
      const { id } = await scene.service({ frozenSince: new Date() });
      return { method: 'post', path: `/v1/endpoint-services/${id}/unfreeze` };
    },
  },
  retireEndpointService: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'post',
      path: `/v1/endpoint-services/${(await scene.service()).id}/retire`,
      body: { reason: 'Replaced by the one in two Regions', force_registered: true },
    }),
  },
  reconcileEndpointService: {
    again: 'another',
    make: async ({ scene }) => ({
      method: 'post',
      path: `/v1/endpoint-services/${(await scene.service()).id}/reconcile`,
    }),
  },
  putPrivateDns: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'put',
      path: `/v1/endpoint-services/${(await scene.service()).id}/private-dns`,
      body: { name: 'api.vendor.example' },
    }),
  },
  deletePrivateDns: {
    again: 'nothing',
    make: async ({ api, scene }) => {
      const { id } = await scene.service();
      await api.db.query(
        `UPDATE private_dns SET name = 'a.example' WHERE endpoint_service_id = $1`,
        [id],
      );
      return { method: 'delete', path: `/v1/endpoint-services/${id}/private-dns` };
    },
  },
  verifyPrivateDns: {
    again: 'another',
    make: async ({ api, scene }) => {
      const { id } = await scene.service();
      await api.db.query(
        `UPDATE private_dns SET name = 'a.example' WHERE endpoint_service_id = $1`,
        [id],
      );
      return { method: 'post', path: `/v1/endpoint-services/${id}/private-dns/verify` };
    },
  },
  createCustomer: {
    again: 'refused already_exists',
    make: async () => ({
      method: 'post',
      path: '/v1/customers',
      body: { external_id: `new-${randomUUID()}`, name: 'New', metadata: { plan_name: 'gold' } },
    }),
  },
  updateCustomer: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'patch',
      path: `/v1/customers/${(await scene.customer()).id}`,
      body: { name: 'Renamed', contacts: [{ name: 'Ada', email: 'ada@customer.example' }] },
    }),
  },
  offboardCustomer: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'post',
      path: `/v1/customers/${(await scene.customer()).id}/offboard`,
    }),
  },
  suspendCustomer: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'post',
      path: `/v1/customers/${(await scene.customer()).id}/suspend`,
      body: { reason: 'Unpaid since May', policy: 'block' },
    }),
  },
  resumeCustomer: {
    again: 'nothing',
    make: async ({ scene }) => ({
      method: 'post',
      path: `/v1/customers/${(await scene.customer({ state: 'suspended' })).id}/resume`,
    }),
  },
  createInvite: {
    again: 'another',
    make: async ({ scene }) => ({
      method: 'post',
      path: `/v1/customers/${(await scene.customer()).id}/invites`,
    }),
  },
  createNote: {
    again: 'another',
    make: async ({ acme }) => ({
      method: 'post',
      path: `/v1/connections/${acme.connection.id}/notes`,
      body: { text: `Ticket ${randomUUID()}` },
    }),
  },
  deleteNote: {
    again: 'nothing',
    make: async ({ api, acme }) => {
      const note = await addNote(api, acme.connection.id);
      return { method: 'delete', path: `/v1/connections/${acme.connection.id}/notes/${note}` };
    },
  },
  revokeInvite: {
    again: 'nothing',
    make: async ({ api, scene }) => {
      const { id } = await scene.customer();
      const invite = await addInvite(api, id, randomUUID());
      return { method: 'delete', path: `/v1/customers/${id}/invites/${invite}` };
    },
  },
  createCustomerToken: {
    again: 'another',
    make: async ({ acme, scene }) => ({
      method: 'post',
      path: `/v1/customers/${acme.customer.id}/tokens`,
      body: { subject: `user ${scene.accountNumber()}`, lifetime_seconds: 60 },
    }),
  },
  redeemInvite: {
    again: 'refused invite_not_usable',
    make: async ({ api, scene }) => {
      const token = randomUUID();
      await addInvite(api, (await scene.customer()).id, token);
      return { method: 'post', path: '/v1/invites/redeem', body: { token } };
    },
  },
  createGrant: {
    again: 'refused already_exists',
    make: async ({ scene, service }) => ({
      method: 'post',
      path: '/v1/grants',
      body: {
        customer_id: (await scene.customer()).id,
        endpoint_service_id: service.id,
        role_names: ['reader'],
      },
    }),
  },
  updateGrant: {
    again: 'nothing',
    make: async ({ scene, service }) => ({
      method: 'patch',
      path: `/v1/grants/${await scene.grant(await scene.customer(), service)}`,
      body: { acceptance: 'manual', connections_max: 3, account_ids: ['222222222222'] },
      headers: { 'if-match': '*' },
    }),
  },
  deleteGrant: {
    again: 'nothing',
    make: async ({ scene, service }) => ({
      method: 'delete',
      path: `/v1/grants/${await scene.grant(await scene.customer(), service)}`,
    }),
  },
  ...accountSamples,
  restorePrincipal: {
    again: 'nothing',
    make: (world) => ofContested(world, 'restore'),
  },
  releasePrincipal: {
    again: 'nothing',
    make: (world) => ofContested(world, 'release'),
  },
  createImport: {
    again: 'nothing',
    make: async ({ acme, scene }) => ({
      method: 'post',
      path: '/v1/imports',
      body: {
        reason: 'From the inventory of 2026',
        accounts: [{ customer_id: acme.customer.id, account_id: scene.accountNumber() }],
      },
    }),
  },
  adoptPrincipal: {
    again: 'nothing',
    make: async (world) => {
      const { service, arn } = await foreignPrincipal(world);
      const path = `/v1/endpoint-services/${service}/unmanaged-principals`;
      const body = { reason: 'Ours since 2021' };
      return { method: 'post', path: `${path}/${encodeURIComponent(arn)}/adopt`, body };
    },
  },
  adoptPrincipals: {
    again: 'nothing',
    make: async (world) => {
      const { service, arn } = await foreignPrincipal(world);
      const path = `/v1/endpoint-services/${service}/unmanaged-principals/adopt`;
      return { method: 'post', path, body: { principals: [arn], reason: 'Ours since 2021' } };
    },
  },
  acceptConnection: {
    again: 'nothing',
    make: async (world) => ({
      method: 'post',
      path: `/v1/connections/${await waitingConnection(world)}/accept`,
      body: { reason: 'They called' },
    }),
  },
  rejectConnection: {
    again: 'nothing',
    make: async (world) => ({
      method: 'post',
      path: `/v1/connections/${await waitingConnection(world)}/reject`,
      body: { reason: 'Unpaid' },
    }),
  },
  createApiKey: {
    again: 'another',
    make: async ({ acme }) => ({
      method: 'post',
      path: '/v1/api-keys',
      body: { name: 'pipeline', role: 'customer', customer_id: acme.customer.id },
    }),
  },
  rotateApiKey: {
    again: 'refused invalid_state_transition',
    make: async ({ acme, api }) => {
      const body = { name: 'to be rotated', role: 'customer', customer_id: acme.customer.id };
      const made = await api.request('operator').post('/v1/api-keys').send(body).expect(201);
      return { method: 'post', path: `/v1/api-keys/${made.body.id}/rotate` };
    },
  },
  ...observationSamples,
  ...webhookSamples,
  revokeApiKey: {
    again: 'nothing',
    make: async ({ acme, api }) => {
      const body = { name: 'to be revoked', role: 'customer', customer_id: acme.customer.id };
      const made = await api.request('operator').post('/v1/api-keys').send(body).expect(201);
      return { method: 'delete', path: `/v1/api-keys/${made.body.id}` };
    },
  },
};

export const readSamples: Record<string, ReadSample> = {
  listProviderAccounts: () => '/v1/provider-accounts',
  getProviderAccount: ({ service }) => `/v1/provider-accounts/${service.providerAccountId}`,
  listEndpointServices: () => '/v1/endpoint-services',
  getEndpointService: ({ service }) => `/v1/endpoint-services/${service.id}`,
  planEndpointService: ({ service }) => `/v1/endpoint-services/${service.id}/plan`,
  getDrift: ({ service }) => `/v1/endpoint-services/${service.id}/drift`,
  getPrivateDns: ({ service }) => `/v1/endpoint-services/${service.id}/private-dns`,
  listUnmanagedPrincipals: ({ service }) =>
    `/v1/endpoint-services/${service.id}/unmanaged-principals`,
  getDeployment: () => '/v1/deployment',
  listCustomers: () => '/v1/customers',
  getCustomer: ({ acme }) => `/v1/customers/${acme.customer.id}`,
  getOffboarding: ({ acme }) => `/v1/customers/${acme.customer.id}/offboarding`,
  listNotes: ({ acme }) => `/v1/connections/${acme.connection.id}/notes`,
  listInvites: ({ acme }) => `/v1/customers/${acme.customer.id}/invites`,
  listGrants: () => '/v1/grants',
  getGrant: ({ acme }) => `/v1/grants/${acme.grantId}`,
  listAccounts: () => '/v1/accounts',
  getProofRole: ({ acme }) => `/v1/accounts/${acme.account.id}/proof-role`,
  getAccount: ({ acme }) => `/v1/accounts/${acme.account.id}`,
  listPrincipals: () => '/v1/principals',
  getPrincipal: ({ acme }) => `/v1/principals/${acme.principalId}`,
  listConnections: () => '/v1/connections',
  getConnection: ({ acme }) => `/v1/connections/${acme.connection.id}`,
  getConnectionHistory: ({ acme }) => `/v1/connections/${acme.connection.id}/history`,
  diagnoseConnection: ({ acme }) => `/v1/connections/${acme.connection.id}/diagnosis`,
  ...observationReads,
  listOperations: () => '/v1/operations',
  getOperation: ({ acme }) => `/v1/operations/${acme.operationId}`,
  listAuditEntries: () => '/v1/audit-entries',
  getAuditHead: () => '/v1/audit-entries/head',
  getAccessReport: ({ api, service }) =>
    `/v1/access-report?endpoint_service_id=${service.id}&at=${api.clock.now().toISOString()}`,
  listEvents: () => '/v1/events',
  getEvent: ({ acme }) => `/v1/events/${acme.eventId}`,
  listWebhooks: () => '/v1/webhooks',
  getWebhook: ({ acme }) => `/v1/webhooks/${acme.webhookId}`,
  listDeliveries: ({ acme }) => `/v1/webhooks/${acme.webhookId}/deliveries`,
  getDelivery: ({ acme }) => `/v1/webhooks/${acme.webhookId}/deliveries/${acme.deliveryId}`,
  listReconcileTargets: () => '/v1/reconcile-targets',
  listRuns: () => '/v1/runs',
  listEffects: () => '/v1/effects',
  getSignIn: () => '/v1/sign-in',
  getCaller: () => '/v1/caller',
  listApiKeys: () => '/v1/api-keys',
  getApiKey: ({ acme }) => `/v1/api-keys/${acme.apiKeyId}`,
};

/** Those whose answer is a stream, and so has no ETag. */
export const streamSamples: Record<string, ReadSample> = {
  exportAuditEntries: () => '/v1/audit-entries/export',
};

/** A valid request of any operation. */
export async function sample(world: World, operationId: string): Promise<Sending> {
  const change = changeSamples[operationId];
  if (change) return change.make(world);
  const question = questionSamples[operationId];
  if (question) return question(world);
  return {
    method: 'get',
    path: await (readSamples[operationId] ?? streamSamples[operationId])!(world),
  };
}

/** A connection of a new customer with a proven account, that waits for a decision. */
async function waitingConnection({ api, scene, service }: World): Promise<string> {
  const { account } = await hold(api, scene, service, await scene.customer());
  return (await scene.showConnection(service, { ownerAccountId: account.accountId })).id;
}

/** An entry that other hands have made, on a service of its own. */
async function foreignPrincipal({ scene }: World): Promise<{ service: string; arn: string }> {
  const service = await scene.service();
  const arn = `arn:aws:iam::${scene.accountNumber()}:root`;
  await scene.showPrincipals(service, [arn]);
  return { service: service.id, arn };
}

/** What is said of an entry of ours that other hands have removed, on a service of its own. */
async function ofContested({ scene, api }: World, verb: string): Promise<Sending> {
  const service = await scene.service();
  const customer = await scene.customer();
  const { accountId } = await scene.account(customer, 'proven');
  await scene.grant(customer, service);
  const arn = `arn:aws:iam::${accountId}:root`;
  await principals.recordOwned(api.db, service.id, [arn]);
  for (const shown of [[arn], [], []]) await scene.showPrincipals(service, shown);
  const [entry] = await principals.listAll(api.db, service.id);
  return { method: 'post', path: `/v1/principals/${entry!.id}/${verb}`, body: { reason: 'OPS-1' } };
}
