// Rates that a test changes, and buckets that it empties, before anybody has called.

import { DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import { GetHostedZoneCountCommand, ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { defaultWorldSpec } from '../../src/index.ts';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, startLab, VENDOR } from '../lab.ts';

async function ask(lab: Lab, method: string, path: string, body: object) {
  const response = await fetch(`${lab.endpoint}/_simulator/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, error: ((await response.json()) as { error?: string }).error };
}

function look(lab: Lab, who: string) {
  return lab.as(who).ec2.send(new DescribeVpcEndpointsCommand({}));
}

test('when an organisation is drained before its first call, that call is throttled', async () => {
  const accounts = defaultWorldSpec().accounts.map((account) =>
    account.id === OTHER_CUSTOMER ? account : { ...account, organization: 'o-one' },
  );
  const lab = await startLab({ world: { accounts }, throttling: 'aws' });
  await ask(lab, 'POST', 'throttling/drain', { organization: 'o-one' });
  expect((await failure(look(lab, CUSTOMER))).code).toBe('RequestLimitExceeded');
  expect((await failure(look(lab, VENDOR))).code).toBe('RequestLimitExceeded');
  await look(lab, OTHER_CUSTOMER);
  lab.advance(1000);
  await look(lab, CUSTOMER);
});

test('when every bucket is drained, so are those that nobody has taken from', async () => {
  const lab = await startLab({ throttling: 'aws' });
  await ask(lab, 'POST', 'throttling/drain', {});
  expect((await failure(look(lab, VENDOR))).code).toBe('RequestLimitExceeded');
  await ask(lab, 'PUT', 'throttling', { throttling: 'aws' });
  await look(lab, VENDOR);
});

test('when an organisation is drained that nobody belongs to, the reply says so', async () => {
  const lab = await startLab({ throttling: 'aws' });
  const reply = await ask(lab, 'POST', 'throttling/drain', { organization: 'o-none' });
  expect(reply).toMatchObject({ status: 404, error: expect.stringContaining('o-none') as string });
});

test('when an action of Route 53 has a rate of its own, it holds whoever came before', async () => {
  const limits = { 'route53:GetHostedZoneCount': { bucket: 1, refill: 0 } };
  const lab = await startLab({ throttling: { throttling: 'aws', limits } });
  const { route53 } = lab.as(VENDOR);
  await route53.send(new ListHostedZonesCommand({}));
  await route53.send(new GetHostedZoneCountCommand({}));
  const second = failure(route53.send(new GetHostedZoneCountCommand({})));
  expect((await second).code).toBe('Throttling');
  await route53.send(new ListHostedZonesCommand({}));
});

test('when a rate is set for an action that is not there, it is refused by name', async () => {
  const limits = { 'ec2:CreateVpcEndpont': { bucket: 1, refill: 1 } };
  const settings = { throttling: 'aws', limits } as const;
  const lab = await startLab();
  const reply = await ask(lab, 'PUT', 'throttling', settings);
  expect(reply.status).toBe(400);
  expect(reply.error).toMatch('ec2:CreateVpcEndpont');
  await expect(startLab({ throttling: settings })).rejects.toThrow('ec2:CreateVpcEndpont');
});
