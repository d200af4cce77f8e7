// The call log and the unsigned admin paths.

import { AcceptVpcEndpointConnectionsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { AwsError, type CallRecord } from '../../src/index.ts';
import { CUSTOMER, failure, startLab, VENDOR } from '../lab.ts';

async function get(endpoint: string, path: string): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`${endpoint}/_simulator/${path}`);
  return { status: response.status, json: await response.json() };
}

test('when calls were made, the log tells who did what and what could change AWS', async () => {
  const lab = await startLab();
  const { ec2, sts } = lab.as(VENDOR);
  await ec2.send(new DescribeVpcsCommand({}));
  await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${VENDOR}:role/sallyport`,
      RoleSessionName: 'log',
    }),
  );
  const unknown = { ServiceId: 'vpce-svc-0123456789abcdef0', VpcEndpointIds: ['vpce-1'] };
  await failure(ec2.send(new AcceptVpcEndpointConnectionsCommand(unknown)));

  const { json } = await get(lab.endpoint, 'calls');
  expect(json).toMatchObject({
    last: 3,
    calls: [
      { number: 1, service: 'ec2', action: 'DescribeVpcs', mutating: false, outcome: 'ok' },
      { number: 2, service: 'sts', action: 'AssumeRole', mutating: false, account: VENDOR },
      {
        number: 3,
        at: lab.now().toISOString(),
        account: VENDOR,
        callerArn: `arn:aws:iam::${VENDOR}:root`,
        service: 'ec2',
        region: 'us-east-1',
        action: 'AcceptVpcEndpointConnections',
        mutating: true,
        outcome: 'InvalidVpcEndpointServiceId.NotFound',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ],
  });
  expect((await get(lab.endpoint, 'calls?since=2')).json).toMatchObject({
    last: 3,
    calls: [{ number: 3 }],
  });
  expect((await get(lab.endpoint, 'calls/summary')).json).toEqual({
    total: 3,
    mutating: 1,
    actions: {
      'ec2:AcceptVpcEndpointConnections': 1,
      'ec2:DescribeVpcs': 1,
      'sts:AssumeRole': 1,
    },
  });
});

test('when load balancers are asked for, their ARNs are the same in every run', async () => {
  const [one, two] = await Promise.all([startLab(), startLab()]);
  const first = await get(one.endpoint, 'load-balancers');
  expect(first.json).toMatchObject({
    load_balancers: [
      { account: VENDOR, region: 'us-east-1', name: 'api-1' },
      { account: VENDOR, region: 'us-east-1', name: 'api-2' },
      { account: VENDOR, region: 'eu-west-1', name: 'api-eu' },
    ],
  });
  expect(await get(two.endpoint, 'load-balancers')).toEqual(first);
});

test('when an admin path is wrong, the answer names the right ones', async () => {
  const lab = await startLab();
  expect(await get(lab.endpoint, 'health')).toMatchObject({
    status: 200,
    json: { status: 'ok', profile: 'compressed', now: lab.now().toISOString() },
  });
  expect((await get(lab.endpoint, 'nothing')).status).toBe(404);
  expect((await get(lab.endpoint, 'calls?since=yesterday')).status).toBe(400);
  expect((await fetch(`${lab.endpoint}/_simulator/calls`, { method: 'POST' })).status).toBe(405);
});

test('when a call is not admitted, it is refused before it does anything', async () => {
  const seen: CallRecord[] = [];
  const lab = await startLab({
    admit: ({ account, action }) => {
      if (account === CUSTOMER && action === 'DescribeVpcs') {
        throw new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503);
      }
    },
    log: (record) => seen.push(record),
  });
  const describe = (who: string) => lab.as(who).ec2.send(new DescribeVpcsCommand({}));
  expect((await failure(describe(CUSTOMER))).code).toBe('RequestLimitExceeded');
  await describe(VENDOR);
  expect(seen.map(({ outcome }) => outcome)).toEqual(['RequestLimitExceeded', 'ok']);
});
