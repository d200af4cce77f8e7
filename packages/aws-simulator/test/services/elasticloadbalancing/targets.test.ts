// Target groups, targets and listeners: who is behind a load balancer, and how they are.

import {
  CreateListenerCommand,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DeleteListenerCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from 'vitest';
import { setTargetHealth, targetGroupsOf } from '../../../src/world/load-balancing/health.ts';
import { failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { loadBalancerArn } from '../../scenes.ts';

async function createGroup(lab: Lab, input: Partial<CreateTargetGroupCommandInput> = {}) {
  const { elb } = lab.as(VENDOR);
  const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({ Names: ['api-1'] }));
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'fresh',
      Protocol: 'TCP',
      Port: 8443,
      VpcId: LoadBalancers?.[0]?.VpcId,
      TargetType: 'ip',
      ...input,
    }),
  );
  return TargetGroups?.[0];
}

async function listen(lab: Lab, TargetGroupArn: string, port = 8443) {
  const { Listeners } = await lab.as(VENDOR).elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancerArn(lab),
      Protocol: 'TCP',
      Port: port,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  return Listeners?.[0]?.ListenerArn ?? '';
}

async function health(lab: Lab, TargetGroupArn: string, ...ids: string[]) {
  const Targets = ids.length > 0 ? ids.map((Id) => ({ Id })) : undefined;
  const { TargetHealthDescriptions } = await lab
    .as(VENDOR)
    .elb.send(new DescribeTargetHealthCommand({ TargetGroupArn, Targets }));
  return (TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => [
    Target?.Id,
    TargetHealth?.State,
    TargetHealth?.Reason,
  ]);
}

test('when a target comes and goes, its health tells each step', async () => {
  const lab = await startLab();
  const { elb } = lab.as(VENDOR);
  const { delays } = lab.simulator.world;
  const group = (await createGroup(lab))?.TargetGroupArn ?? '';
  const Targets = [{ Id: '10.10.0.77' }];
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn: group, Targets }));
  expect(await health(lab, group)).toEqual([['10.10.0.77', 'unused', 'Target.NotInUse']]);
  const listener = await listen(lab, group);
  expect(await health(lab, group)).toEqual([
    ['10.10.0.77', 'initial', 'Elb.RegistrationInProgress'],
  ]);
  lab.advance(delays.targetRegistered);
  expect(await health(lab, group)).toEqual([['10.10.0.77', 'healthy', undefined]]);
  expect(await health(lab, group, '10.10.0.78')).toEqual([
    ['10.10.0.78', 'unused', 'Target.NotRegistered'],
  ]);
  await elb.send(new DeregisterTargetsCommand({ TargetGroupArn: group, Targets }));
  expect(await health(lab, group)).toEqual([
    ['10.10.0.77', 'draining', 'Target.DeregistrationInProgress'],
  ]);
  lab.advance(delays.targetDrained);
  expect(await health(lab, group)).toEqual([]);
  await elb.send(new DeleteListenerCommand({ ListenerArn: listener }));
});

test('when the world says so, targets are unhealthy, one, a zone or all of them', async () => {
  const lab = await startLab();
  const { world } = lab.simulator;
  const loadBalancerId = loadBalancerArn(lab);
  const group = targetGroupsOf(world, loadBalancerId)[0]?.id ?? '';
  const states = async () => (await health(lab, group)).map(([, state]) => state).toSorted();
  const [first] = await health(lab, group);
  expect(
    setTargetHealth(world, { targetId: first?.[0], loadBalancerArn: loadBalancerId }, false),
  ).toBe(1);
  expect(await states()).toEqual(['healthy', 'healthy', 'unhealthy']);
  expect((await health(lab, group)).find(([, state]) => state === 'unhealthy')).toEqual([
    first?.[0],
    'unhealthy',
    'Target.FailedHealthChecks',
  ]);
  expect(setTargetHealth(world, { targetGroupArn: group }, true)).toBe(3);
  expect(setTargetHealth(world, { targetGroupArn: group, zoneId: 'use1-az2' }, false)).toBe(1);
  expect(await states()).toEqual(['healthy', 'healthy', 'unhealthy']);
  // Every target of every load balancer: three, three, and two in Europe.
  expect(setTargetHealth(world, {}, false)).toBe(8);
  expect(await states()).toEqual(Array(3).fill('unhealthy'));
});

test('when a target is in a zone that is not enabled, it is not used', async () => {
  const lab = await startLab();
  const { elb } = lab.as(VENDOR);
  const group = (await createGroup(lab))?.TargetGroupArn ?? '';
  await listen(lab, group);
  // 10.10.0.0/24 is in the first zone, 10.10.3.0/24 in one that api-1 does not have.
  const Targets = [{ Id: '10.10.3.9' }, { Id: '192.168.7.7', AvailabilityZone: 'all' }];
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn: group, Targets }));
  lab.advance(lab.simulator.world.delays.targetRegistered);
  expect(await health(lab, group)).toEqual([
    ['10.10.3.9', 'unused', 'Target.NotInUse'],
    ['192.168.7.7', 'healthy', undefined],
  ]);
});

test('when a health check is changed, the group shows it and keeps the rest', async () => {
  const lab = await startLab();
  const { elb } = lab.as(VENDOR);
  const made = await createGroup(lab, { HealthyThresholdCount: 3 });
  expect(made).toMatchObject({
    HealthCheckProtocol: 'TCP',
    HealthCheckPort: 'traffic-port',
    HealthyThresholdCount: 3,
    UnhealthyThresholdCount: 2,
  });
  const TargetGroupArn = made?.TargetGroupArn ?? '';
  await elb.send(
    new ModifyTargetGroupCommand({
      TargetGroupArn,
      HealthCheckProtocol: 'HTTP',
      HealthCheckPath: '/ok',
      Matcher: { HttpCode: '200' },
    }),
  );
  const { TargetGroups } = await elb.send(
    new DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] }),
  );
  expect(TargetGroups?.[0]).toMatchObject({
    HealthCheckProtocol: 'HTTP',
    HealthCheckPath: '/ok',
    Matcher: { HttpCode: '200' },
    HealthyThresholdCount: 3,
  });
});

test('when a listener forwards to it, a target group stays', async () => {
  const lab = await startLab();
  const { elb } = lab.as(VENDOR);
  const TargetGroupArn = (await createGroup(lab))?.TargetGroupArn ?? '';
  const ListenerArn = await listen(lab, TargetGroupArn);
  const listed = await elb.send(new DescribeListenersCommand({ ListenerArns: [ListenerArn] }));
  expect(listed.Listeners).toMatchObject([
    { Port: 8443, DefaultActions: [{ Type: 'forward', TargetGroupArn }] },
  ]);
  const remove = () => elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
  expect((await failure(remove())).code).toBe('ResourceInUseException');
  await elb.send(new DeleteListenerCommand({ ListenerArn }));
  await remove();
  const gone = elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] }));
  expect((await failure(gone)).code).toBe('TargetGroupNotFoundException');
});
