// What no AWS operation can do: what health checks find, whether a load balancer stands, whether
// looks at the public DNS succeed.

import { z } from 'zod';
import { failEndpoint } from '../services/ec2/endpoints/states.ts';
import { flapPrivateDns } from '../services/ec2/endpoint-services/private-dns-checks.ts';
import { setLoadBalancerState, setTargetHealth } from '../world/load-balancing/health.ts';
import { resolve } from '../world/dns/resolver.ts';
import { recordTraffic } from '../world/privatelink/traffic-recording.ts';
import { AdminError, type Route, readBody } from './route.ts';

const targets = z.strictObject({
  loadBalancerArn: z.string().optional(),
  targetGroupArn: z.string().optional(),
  targetId: z.string().optional(),
  zoneId: z.string().optional(),
  healthy: z.boolean(),
});

const loadBalancer = z.strictObject({
  arn: z.string(),
  state: z.enum(['provisioning', 'active', 'active_impaired', 'failed']),
});

const amount = z.number().min(0).optional();

const traffic = z.strictObject({
  endpointId: z.string(),
  zoneId: z.string().optional(),
  newConnections: amount,
  activeConnections: amount,
  bytes: amount,
  resets: amount,
  packetsDropped: amount,
});

const flap = z.strictObject({
  serviceId: z.string(),
  forMs: z.int().min(1),
  everyMs: z.int().min(1).optional(),
});

const endpointFailure = z.strictObject({
  id: z.string(),
  code: z.string(),
  message: z.string(),
});

export const infrastructureRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'load-balancers',
    about: 'The load balancers with their ARNs, which are the same in every run.',
    answer: ({ simulation: { world } }) => ({
      load_balancers: [...world.loadBalancers.values()].map(
        ({ id: arn, account, region, name }) => ({ arn, account, region, name }),
      ),
    }),
  },
  {
    method: 'POST',
    path: 'load-balancers',
    about: 'Lets one fail or recover: {"arn": "…", "state": "failed"}.',
    answer: ({ simulation: { world } }, { body }) => {
      const { arn, state } = readBody(loadBalancer, body);
      done(() => setLoadBalancerState(world, arn, state));
      return { arn, state };
    },
  },
  {
    method: 'POST',
    path: 'targets',
    about: 'What health checks find: {"zoneId": "use1-az1", "healthy": false}.',
    answer: ({ simulation: { world } }, { body }) => {
      const { healthy, ...choice } = readBody(targets, body);
      const changed = setTargetHealth(world, choice, healthy);
      if (changed > 0) return { changed };
      throw new AdminError(404, 'No target is meant. Leave something out to mean more of them.');
    },
  },
  {
    method: 'POST',
    path: 'endpoint-failures',
    about: 'Provisioning of one fails: {"id": "vpce-…", "code": "…", "message": "…"}.',
    answer: ({ simulation: { world } }, { body }) => {
      const { id, ...lastError } = readBody(endpointFailure, body);
      done(() => failEndpoint(world, id, lastError));
      return { id, state: 'failed' };
    },
  },
  {
    method: 'POST',
    path: 'traffic',
    about: 'What CloudWatch shows of an endpoint: {"endpointId": "vpce-…", "bytes": 4096}.',
    answer: ({ simulation: { world } }, { body }) => {
      const sample = readBody(traffic, body);
      done(() => recordTraffic(world, sample));
      return sample;
    },
  },
  {
    method: 'POST',
    path: 'private-dns-flaps',
    about: 'Verification goes back and forth: {"serviceId": "vpce-svc-…", "forMs": 60000}.',
    answer: ({ simulation: { world } }, { body }) => {
      const { serviceId, ...options } = readBody(flap, body);
      done(() => flapPrivateDns(world, serviceId, options));
      return { serviceId, ...options };
    },
  },
  {
    method: 'GET',
    path: 'dns',
    about: 'What a resolver answers: ?name=api.vendor.example&type=A&vpc=vpc-… (public without).',
    answer: ({ simulation: { world } }, { query }) => {
      const name = query.get('name');
      if (name === null) throw new AdminError(400, 'Give the name: ?name=api.vendor.example');
      const vpcId = query.get('vpc') ?? undefined;
      return resolve(world, { name, type: (query.get('type') ?? 'A').toUpperCase(), vpcId });
    },
  },
];

/** @throws AdminError 404 with what the world says. */
function done(deed: () => void): void {
  try {
    deed();
  } catch (error) {
    throw new AdminError(404, (error as Error).message);
  }
}
