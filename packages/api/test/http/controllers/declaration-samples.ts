// A valid declaration of every resource that can be declared: each makes what is not there.

import { randomUUID } from 'node:crypto';
import type { ChangeSample } from './change-sample.ts';

export const declarationSamples: Record<string, ChangeSample> = {
  putProviderAccount: {
    again: 'nothing',
    action: 'createProviderAccount',
    make: async ({ scene }) => ({
      method: 'put',
      path: `/v1/provider-accounts/${scene.accountNumber()}`,
      body: { name: 'production', regions: ['us-east-1'] },
    }),
  },
  putEndpointService: {
    again: 'nothing',
    action: 'createEndpointService',
    make: async ({ scene }) => ({
      method: 'put',
      path: `/v1/endpoint-services/vpce-svc-0${scene.accountNumber()}`,
      body: {
        name: 'Example API',
        provider_account_id: (await scene.providerAccount()).id,
        region: 'us-east-1',
      },
    }),
  },
  putCustomer: {
    again: 'nothing',
    action: 'createCustomer',
    make: async () => ({
      method: 'put',
      path: `/v1/customers/declared-${randomUUID()}`,
      body: { name: 'Declared', metadata: { plan_name: 'gold' } },
    }),
  },
  putGrant: {
    again: 'nothing',
    action: 'createGrant',
    make: async ({ scene, service }) => ({
      method: 'put',
      path: `/v1/grants/${(await scene.customer()).id}:${service.id}`,
      body: { role_names: ['reader'] },
    }),
  },
  putAccount: {
    again: 'nothing',
    action: 'createAccount',
    make: async ({ acme, scene }) => ({
      method: 'put',
      path: `/v1/accounts/${acme.customer.id}:${scene.accountNumber()}`,
      body: {},
    }),
  },
};
