// A valid request for every operation that asks with a body, of what `acme` has in its world.

import type { Sending } from './change-sample.ts';
import type { World } from './world.ts';

export const questionSamples: Record<string, (world: World) => Sending> = {
  preflight: ({ acme, service }) => ({
    method: 'post',
    path: '/v1/preflight',
    body: {
      customer_id: acme.customer.id,
      endpoint_service_id: service.id,
      account_id: acme.account.accountId,
      subnets: [{ subnet_id: 'subnet-0a1b2c3d4e5f60718', availability_zone_id: 'use1-az1' }],
    },
    asks: true,
  }),
  renderSetup: ({ acme, service }) => ({
    method: 'post',
    path: '/v1/setup',
    body: {
      customer_id: acme.customer.id,
      endpoint_service_id: service.id,
      account_id: acme.account.accountId,
      format: 'change-request',
      proof_role: true,
    },
    asks: true,
  }),
};
