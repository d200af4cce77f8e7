// The console path at its edges: operations that ask how they were called, dry runs, and what must
// never bring the simulator down.

import {
  DescribeVpcEndpointServicePermissionsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { failure, type Lab, startLab, VENDOR } from '../lab.ts';
import { offerService } from '../scenes.ts';

interface Reply {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

async function tell(lab: Lab, deed: object, path = 'console'): Promise<Reply> {
  const response = await fetch(`${lab.endpoint}/_simulator/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(path === 'console' ? { account: VENDOR, ...deed } : deed),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

test('when a queue is made by hand, its URL begins with where the console was asked', async () => {
  const lab = await startLab();
  const input = { QueueName: 'events' };
  const made = await tell(lab, { service: 'sqs', action: 'CreateQueue', input });
  expect(made).toEqual({ status: 200, json: { QueueUrl: `${lab.endpoint}/${VENDOR}/events` } });
});

test('when a dry run is done by hand, nothing is changed', async () => {
  const lab = await startLab();
  const { id: ServiceId } = await offerService(lab, {}, []);
  const input = { ServiceId, AddAllowedPrincipals: ['*'], DryRun: true };
  const reply = await tell(lab, { action: 'ModifyVpcEndpointServicePermissions', input });
  expect(reply.status).toBe(412);
  expect(reply.json.error).toMatch(/^DryRunOperation: Request would have succeeded/);
  const { AllowedPrincipals } = await lab
    .as(VENDOR)
    .ec2.send(new DescribeVpcEndpointServicePermissionsCommand({ ServiceId }));
  expect(AllowedPrincipals).toEqual([]);
});

test('when the console is asked for what every object has, it is no operation', async () => {
  const lab = await startLab();
  for (const action of ['toString', 'constructor', '__proto__']) {
    const reply = await tell(lab, { action });
    expect(reply.status).toBe(400);
    expect(reply.json.error).toMatch(`does not simulate ec2:${action}.`);
  }
});

test('when an answer cannot be written, the client is told and the simulator goes on', async () => {
  const lab = await startLab();
  const answer = { page: 'x', contentType: 'text/\nplain' };
  await tell(lab, { name: 'bad', answer }, 'faults');
  const looked = failure(lab.as(VENDOR).ec2.send(new DescribeVpcsCommand({})));
  expect((await looked).message).toMatch(/could not answer|XML/);
  const health = await fetch(`${lab.endpoint}/_simulator/health`);
  expect(health.status).toBe(200);
});
