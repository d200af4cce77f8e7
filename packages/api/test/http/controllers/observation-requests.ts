// The changes of what customers say and see of their connections.

import { randomUUID } from 'node:crypto';
import { hashSecret } from '../../../src/domain/api-key.ts';
import { observationTokenLifetimeMs } from '../../../src/domain/observation.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import * as observations from '../../../src/storage/observations.ts';
import type { ChangeSample } from './change-sample.ts';
import type { Ground, World } from './world.ts';

/** All that a script can see of a connection that works. */
export const wellSeen = {
  vantage: 'bastion in 10.0.1.0/24',
  network: {
    vpc_id: 'vpc-0a1b2c3d4e5f60718',
    availability_zone_ids: ['use1-az1'],
    private_dns_enabled: true,
    dns_support: true,
    dns_hostnames: true,
  },
  dns: {
    name: 'api.vendor.example',
    outcome: 'answered',
    addresses: ['10.0.1.17'],
    resolver: '10.0.0.2',
  },
  tcp: [{ address: '10.0.1.17', port: 443, outcome: 'connected', latency_ms: 3 }],
  tls: {
    server_name: 'api.vendor.example',
    outcome: 'negotiated',
    version: 'TLSv1.3',
    alpn: 'h2',
  },
  certificate: {
    names: ['*.vendor.example'],
    expires_at: '2027-06-30T00:00:00.000Z',
    trusted: true,
  },
  security_groups: {
    ids: ['sg-0a1b2c3d4e5f60718'],
    port: 443,
    ingress: 'open',
    egress: 'open',
  },
};

export const observationSamples: Record<string, ChangeSample> = {
  updateConnection: {
    again: 'nothing',
    make: async (world) => ({
      method: 'patch',
      path: `/v1/connections/${await freshConnection(world)}`,
      body: { dns: 'hosted-zone' },
    }),
  },
  createObservation: {
    again: 'another',
    make: async ({ acme }) => ({
      method: 'post',
      path: `/v1/connections/${acme.connection.id}/observations`,
      body: { ...wellSeen, vantage: randomUUID() },
    }),
  },
  createObservationToken: {
    again: 'another',
    make: async (world) => ({
      method: 'post',
      path: `/v1/connections/${await freshConnection(world)}/observation-tokens`,
    }),
  },
  uploadObservation: {
    again: 'refused observation_token_not_usable',
    make: async ({ api, acme }) => {
      const token = randomUUID();
      await addObservationToken(api, acme.connection, token);
      const body = { token, observation: wellSeen };
      return { method: 'post', path: '/v1/observations', body };
    },
  },
};

/** A token of this text that reports on the connection. */
export async function addObservationToken(
  api: Ground,
  { id: connectionId, customerId }: Connection,
  token: string,
): Promise<void> {
  const now = api.clock.now();
  await observations.insertToken(api.db, {
    id: api.makeId('observationToken'),
    connectionId,
    customerId,
    madeBy: 'key_test',
    createdAt: now,
    expiresAt: new Date(now.getTime() + observationTokenLifetimeMs),
    hash: hashSecret(token),
  });
}

/** One of `acme`, on a service of its own. */
async function freshConnection({ scene, acme }: World): Promise<string> {
  const service = await scene.service();
  await scene.grant(acme.customer, service);
  const ownerAccountId = acme.account.accountId;
  return (await scene.showConnection(service, { ownerAccountId })).id;
}

export const observationReads = {
  diagnoseEndpoint: ({ acme }: World) => `/v1/diagnoses/${acme.connection.vpcEndpointId}`,
  listObservations: ({ acme }: World) => `/v1/connections/${acme.connection.id}/observations`,
};
