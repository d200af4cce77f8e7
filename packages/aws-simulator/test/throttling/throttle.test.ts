// AWS's request rates, as clients meet them.

import {
  AcceptVpcEndpointConnectionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointConnectionsCommand,
  DescribeVpcEndpointsCommand,
} from '@aws-sdk/client-ec2';
import { ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { defaultWorldSpec } from '../../src/index.ts';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, startLab, VENDOR } from '../lab.ts';
import { offerService } from '../scenes.ts';

const SECOND = 1000;

/** How many calls of a kind go through before the first that is throttled. */
async function burst(call: () => Promise<unknown>, most = 300): Promise<number> {
  for (let done = 0; done < most; done += 1) {
    try {
      await call();
    } catch (error) {
      if (/RequestLimitExceeded|Throttling/.test((error as Error).name)) return done;
    }
  }
  return most;
}

function accept(lab: Lab, serviceId: string, who = VENDOR, region = 'us-east-1') {
  const input = { ServiceId: serviceId, VpcEndpointIds: ['vpce-00000000000000001'] };
  return () => lab.as(who, region).ec2.send(new AcceptVpcEndpointConnectionsCommand(input));
}

test('when the real rates are on, accepts come ten at once and one a second after', async () => {
  const lab = await startLab({ throttling: 'aws' });
  const { id } = await offerService(lab);

  expect(await burst(accept(lab, id))).toBe(10);
  lab.advance(SECOND);
  expect(await burst(accept(lab, id))).toBe(1);
  lab.advance(3600 * SECOND);
  expect(await burst(accept(lab, id))).toBe(10);
});

test('when a call is throttled, it is a 503 RequestLimitExceeded and does nothing', async () => {
  const limits = { 'ec2:CreateVpcEndpointServiceConfiguration': { bucket: 0, refill: 0 } };
  const lab = await startLab({ throttling: { throttling: 'aws', limits } });

  const refused = offerService(lab);
  await expect(refused).rejects.toMatchObject({
    name: 'RequestLimitExceeded',
    message: 'Request limit exceeded.',
    $metadata: { httpStatusCode: 503 },
    $response: expect.anything() as unknown,
  });
  expect(lab.simulator.world.endpointServices.size).toBe(0);
  expect(lab.simulator.calls().at(-1)).toMatchObject({
    outcome: 'RequestLimitExceeded',
    performed: false,
    tokensLeft: 0,
  });
});

test('when calls are made, the log tells what is left of the scarcest bucket', async () => {
  const lab = await startLab({ throttling: 'aws' });
  const { ec2 } = lab.as(VENDOR);
  await ec2.send(new DescribeVpcEndpointConnectionsCommand({}));
  await ec2.send(new DescribeVpcEndpointConnectionsCommand({}));
  expect(lab.simulator.calls().map(({ tokensLeft }) => tokensLeft)).toEqual([99, 98]);
});

test('when the input is wrong, the call takes a token all the same', async () => {
  const lab = await startLab({ throttling: 'aws' });
  const { ec2 } = lab.as(VENDOR);
  const wrong = () => ec2.send(new AcceptVpcEndpointConnectionsCommand({} as never));
  expect((await failure(wrong())).code).toBe('MissingParameter');
  expect(await burst(wrong)).toBe(9);
});

test('when another account, Region or action calls, it has a bucket of its own', async () => {
  const lab = await startLab({ throttling: 'aws' });
  const { id } = await offerService(lab);
  await burst(accept(lab, id));
  expect(await burst(accept(lab, id, CUSTOMER))).toBe(10);
  expect(await burst(accept(lab, id, VENDOR, 'eu-west-1'))).toBe(10);
  await lab.as(VENDOR).ec2.send(new DescribeVpcEndpointConnectionsCommand({}));
});

test('when accounts share an organisation, they share its rate', async () => {
  const accounts = defaultWorldSpec().accounts.map((account) =>
    account.id === VENDOR ? account : { ...account, organization: 'o-customers' },
  );
  const organization = { bucket: 5, refill: 1 };
  const lab = await startLab({
    world: { accounts },
    throttling: { throttling: 'aws', organization },
  });
  const look = (who: string) => () => lab.as(who).ec2.send(new DescribeVpcEndpointsCommand({}));

  expect(await burst(look(CUSTOMER))).toBe(5);
  expect(await burst(look(OTHER_CUSTOMER))).toBe(0);
  expect(await burst(look(VENDOR), 5)).toBe(5);
});

test('when security groups are read unfiltered, the smaller bucket counts', async () => {
  const lab = await startLab({ throttling: 'aws' });
  const { ec2 } = lab.as(CUSTOMER);
  const all = () => ec2.send(new DescribeSecurityGroupsCommand({}));
  const paged = () => ec2.send(new DescribeSecurityGroupsCommand({ MaxResults: 5 }));
  expect(await burst(all)).toBe(50);
  expect(await burst(paged)).toBe(100);
});

test('when Route 53 is asked more than five times a second, it answers Throttling', async () => {
  const lab = await startLab({ throttling: 'aws' });
  const { route53 } = lab.as(VENDOR);
  const list = () => route53.send(new ListHostedZonesCommand({}));
  expect(await burst(list)).toBe(5);
  await expect(list()).rejects.toMatchObject({
    name: 'Throttling',
    message: 'Rate exceeded',
    $metadata: { httpStatusCode: 400 },
  });
});

test('when nothing is said, only the aws profile counts', async () => {
  const [quick, real] = [await startLab(), await startLab({ profile: 'aws' })];
  const service = 'vpce-svc-00000000000000001';
  expect(await burst(accept(quick, service), 30)).toBe(30);
  expect(await burst(accept(real, service), 30)).toBe(10);
});

test('when the buckets are drained, calls are throttled until they have filled again', async () => {
  const lab = await startLab({ throttling: 'aws' });
  const { ec2 } = lab.as(VENDOR);
  const look = () => ec2.send(new DescribeVpcEndpointsCommand({}));
  await look();
  lab.simulator.simulation.throttle.drain(lab.now().getTime());
  expect(await burst(look)).toBe(0);
  lab.advance(SECOND);
  expect(await burst(look)).toBe(20);
});
