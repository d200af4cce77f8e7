// The service and the connection itself, as AWS shows them, and whether they share a zone.

import { fail, pass, seenAt, skipped, unknown, warn, type Check, type NextStep } from '../check.ts';
import type { DiagnosisFacts } from '../diagnosis-facts.ts';
import { endpointCommand } from './endpoint-command.ts';
import { unseen } from './unseen.ts';

export function checkService({ service, connection }: DiagnosisFacts): Check {
  const state = service.observed?.state ?? 'unknown';
  if (state === 'available') return pass('service', `${service.serviceName} is available.`);
  const next: NextStep = {
    actor: 'vendor',
    action: 'Look at the service in AWS.',
    command: `sallyport services get ${service.id}`,
  };
  const evidence = service.problem ?? `${service.serviceName ?? service.name} is ${state}.`;
  const severe = connection.state !== 'available' || state === 'missing' || state === 'failed';
  return severe && state !== 'unknown'
    ? fail('service', evidence, next)
    : unknown('service', evidence, next);
}

export function checkState(facts: DiagnosisFacts): Check {
  const { connection, stuckSince, service } = facts;
  const { state, awsState, stateSince } = connection;
  const evidence = `AWS shows "${awsState}" since ${stateSince.toISOString()}${wayOf(facts)}.`;
  const wait = `sallyport wait connection ${connection.vpcEndpointId}`;
  if (state === 'available') return pass('connection', evidence);
  if (state === 'pendingAcceptance') {
    return unknown('connection', evidence, {
      actor: 'vendor',
      action: 'It waits for acceptance.',
      command: wait,
    });
  }
  const passes = ['pending', 'partial', 'unknown'].includes(state);
  if (passes && stuckSince) {
    const stuck = `${evidence} It should have passed by ${stuckSince.toISOString()}.`;
    return unknown('connection', stuck, {
      actor: 'vendor',
      action: 'Look at the load balancer and its zones, and ask AWS support when they are fine.',
      command: `sallyport services get ${connection.endpointServiceId}`,
    });
  }
  if (passes) {
    return unknown('connection', evidence, {
      actor: 'aws',
      action: 'AWS is working on it; wait.',
      command: wait,
    });
  }
  return fail('connection', evidence, {
    actor: 'customer',
    action: 'Make a new VPC endpoint; one in this state never comes back.',
    command: endpointCommand(connection, connection.endpointRegion, service.region),
  });
}

/** The states that it came through, of which the last few tell the most. */
function wayOf({ history }: DiagnosisFacts): string {
  const before = history.slice(0, -1).map(({ to }) => to);
  if (before.length === 0) return '';
  return `, after ${before.length > 4 ? '... ' : ''}${before.slice(-4).join(', ')}`;
}

/** An endpoint has interfaces in its own zones; a load balancer answers in those of its own. */
export function checkZones({ connection, service, seen }: DiagnosisFacts): Check {
  const offered = service.observed?.availabilityZoneIds ?? [];
  if (connection.endpointRegion !== service.region) {
    return skipped('zones', `The endpoint is in ${connection.endpointRegion}, so zones differ.`);
  }
  if (offered.length === 0) return skipped('zones', 'The zones of the service are not known yet.');
  const used = seen.network?.part.availabilityZoneIds ?? [];
  if (used.length === 0) {
    return unseen('zones', 'In which zones the endpoint is, nobody has reported.', connection);
  }
  const at = seen.network!.observedAt;
  const shared = used.filter((zone) => offered.includes(zone));
  const evidence = `The endpoint is in ${used.join(', ')}; the service in ${offered.join(', ')}.`;
  if (shared.length === used.length) return seenAt(pass('zones', evidence), at);
  const subnets = `--add-subnet-ids SUBNET-IN-${offered[0]!.toUpperCase()}`;
  const next: NextStep = {
    actor: 'customer',
    action: 'Give the endpoint subnets in zones of the service, by zone id, and no others.',
    command: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${connection.vpcEndpointId} ${subnets}`,
  };
  return seenAt((shared.length === 0 ? fail : warn)('zones', evidence, next), at);
}
