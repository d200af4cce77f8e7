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
  loadBalancerArn: z.string().optional().describe('Only targets behind it.'),
  targetGroupArn: z.string().optional().describe('Only targets of the group.'),
  targetId: z.string().optional().describe('Only this one.'),
  zoneId: z.string().optional().describe('Only targets in the zone, for example use1-az1.'),
  healthy: z.boolean().describe('What health checks find from now on.'),
});

const loadBalancer = z.strictObject({
  arn: z.string().describe('Of the load balancer.'),
  state: z
    .enum(['provisioning', 'active', 'active_impaired', 'failed'])
    .describe('provisioning, active, active_impaired or failed.'),
});

const amount = (about: string) => z.number().min(0).optional().describe(about);

const traffic = z.strictObject({
  endpointId: z.string().describe('Of an endpoint that is available.'),
  zoneId: z.string().optional().describe('One of its zones; its first by default.'),
  newConnections: amount('Adds up within a minute.'),
  activeConnections: amount('The most within a minute counts.'),
  bytes: amount('Adds up within a minute.'),
  resets: amount('RST packets; adds up within a minute.'),
  packetsDropped: amount('Adds up within a minute.'),
});

const flap = z.strictObject({
  serviceId: z.string().describe('Of the endpoint service.'),
  forMs: z.int().min(1).describe('How long every other look at the DNS finds nothing.'),
  everyMs: z
    .int()
    .min(1)
    .optional()
    .describe('Time between two looks; the delay privateDnsCheck by default.'),
});

const endpointFailure = z.strictObject({
  id: z.string().describe('Of an endpoint, which becomes failed.'),
  code: z.string().describe('Code of its LastError.'),
  message: z.string().describe('Message of its LastError.'),
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
    takes: loadBalancer,
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
    takes: targets,
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
    takes: endpointFailure,
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
    takes: traffic,
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
    takes: flap,
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
