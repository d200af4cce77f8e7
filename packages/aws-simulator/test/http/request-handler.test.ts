// The SDK's clients without a socket: the same answers, the same faults.

import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ListHostedZonesByNameCommand, Route53Client } from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, rootKeys, startLab, VENDOR } from '../lab.ts';

async function inProcess(who = VENDOR, options = {}) {
  const lab = await startLab(options);
  const config = {
    endpoint: lab.endpoint,
    region: 'us-east-1',
    credentials: rootKeys(who),
    maxAttempts: 1,
    requestHandler: lab.simulator.requestHandler,
  };
  return {
    lab,
    ec2: new EC2Client(config),
    route53: new Route53Client(config),
    sts: new STSClient(config),
  };
}

test('when a client has the handler, every protocol works as on the wire', async () => {
  const { lab, ec2, route53, sts } = await inProcess(VENDOR);
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  const zones = await route53.send(new ListHostedZonesByNameCommand({ DNSName: 'vendor.example' }));
  await ec2.send(new DescribeVpcsCommand({}));
  expect(Account).toBe(VENDOR);
  expect(zones.HostedZones?.[0]?.Name).toBe('vendor.example.');
  expect(lab.simulator.calls().map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
});

test('when the secret is wrong, it is refused as on the wire', async () => {
  const { lab } = await inProcess(CUSTOMER);
  const ec2 = new EC2Client({
    endpoint: lab.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: VENDOR, secretAccessKey: 'guess' },
    maxAttempts: 1,
    requestHandler: lab.simulator.requestHandler,
  });
  expect((await failure(ec2.send(new DescribeVpcsCommand({})))).code).toBe('AuthFailure');
});

test('when the connection breaks or stays silent, the call ends as on the wire', async () => {
  const { lab, ec2 } = await inProcess();
  lab.simulator.setFault({ name: 'broken', answer: 'reset' });
  await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({ code: 'ECONNRESET' });
  lab.simulator.setFault({ name: 'broken', answer: 'silence' });
  const abortSignal = AbortSignal.timeout(10);
  const call = failure(ec2.send(new DescribeVpcsCommand({}), { abortSignal }));
  expect((await call).code).toBe('AbortError');
});
