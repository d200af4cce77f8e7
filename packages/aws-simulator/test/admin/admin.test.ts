// The admin paths: what they change, and what they say to a request that cannot be done.

import {
  AcceptVpcEndpointConnectionsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../lab.ts';
import { connect, offerService } from '../scenes.ts';

interface Reply {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

async function ask(lab: Lab, method: string, path: string, body?: unknown): Promise<Reply> {
  const response = await fetch(`${lab.endpoint}/_simulator/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

test('when the paths are asked for, each is listed with what it does', async () => {
  const lab = await startLab();
  const { json } = await ask(lab, 'GET', '');
  expect(await (await fetch(`${lab.endpoint}/_simulator`)).json()).toEqual(json);
  const paths = json.paths as { method: string; path: string; about: string }[];
  expect(paths).toContainEqual({
    method: 'POST',
    path: '/_simulator/clock',
    about: expect.stringContaining('advanceMs') as string,
  });
  expect(new Set(paths.map(({ method, path }) => `${method} ${path}`)).size).toBe(paths.length);
});

test('when a week passes by the admin path, requests expire and clients still sign', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: true });
  await connect(lab, service);

  const { json } = await ask(lab, 'POST', 'clock', { advanceMs: 7 * 86_400_000 });
  expect(json).toMatchObject({ aheadMs: 7 * 86_400_000, stopped: false });
  const { VpcEndpoints } = await lab.as(CUSTOMER).ec2.send(new DescribeVpcEndpointsCommand({}));
  expect(VpcEndpoints?.map(({ State }) => State)).toEqual(['expired']);
});

test('when the clock is stopped, only advancing moves it, and it runs on from there', async () => {
  const lab = await startLab();
  const start = lab.now().getTime();
  await ask(lab, 'POST', 'clock', { stopped: true });
  lab.advance(5000);
  const still = await ask(lab, 'POST', 'clock', { advanceMs: 10 });
  expect(still.json).toMatchObject({ now: new Date(start + 10).toISOString(), stopped: true });
  await ask(lab, 'POST', 'clock', { stopped: false });
  lab.advance(5000);
  const running = await ask(lab, 'GET', 'clock');
  expect(running.json).toMatchObject({ now: new Date(start + 5010).toISOString() });
});

test('when a fault is set and lifted by its path, calls fail in between', async () => {
  const lab = await startLab();
  const look = () => lab.as(VENDOR).ec2.send(new DescribeVpcsCommand({}));
  const fault = { name: 'down', answer: { code: 'Unavailable', status: 503 } };
  expect((await ask(lab, 'POST', 'faults', fault)).status).toBe(200);
  expect((await failure(look())).code).toBe('Unavailable');
  const { json } = await ask(lab, 'GET', 'faults');
  expect(json).toMatchObject({ faults: [{ name: 'down', matched: 1, struck: 1 }] });
  expect((await ask(lab, 'DELETE', 'faults/down')).json).toEqual({ faults: [] });
  await look();
  expect((await ask(lab, 'DELETE', 'faults/down')).status).toBe(404);
});

test('when somebody acts in the console, it is done and logged as by hand', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: true });
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  const done = await ask(lab, 'POST', 'console', {
    account: VENDOR,
    action: 'AcceptVpcEndpointConnections',
    input: { ServiceId: service.id, VpcEndpointIds: [id] },
  });
  expect(done).toEqual({ status: 200, json: { Unsuccessful: [] } });
  expect(lab.simulator.world.endpoints.get(id)?.state).toBe('pending');
  expect(lab.simulator.calls().at(-1)).toMatchObject({
    account: VENDOR,
    callerArn: `arn:aws:iam::${VENDOR}:root`,
    byHand: true,
    performed: true,
    mutating: true,
  });
});

test('when the console is told nonsense, the reply says what is wrong', async () => {
  const lab = await startLab();
  const tell = async (body: object) => {
    const { status, json } = await ask(lab, 'POST', 'console', body);
    return `${status} ${String(json.error)}`;
  };
  const account = VENDOR;
  expect(await tell({ account: '999999999999', action: 'DescribeVpcs' })).toMatch(
    /^400 There is no account 999999999999; there are 111111111111/,
  );
  expect(await tell({ account, action: 'ListHostedZones' })).toMatch(/Give "service": "route53"/);
  expect(await tell({ account, action: 'DescribeVpcs', input: { Vpcs: [] } })).toMatch(/Vpcs/);
  expect(
    await tell({
      account,
      action: 'DeleteVpcEndpoints',
      input: { VpcEndpointIds: 'vpce-1' },
    }),
  ).toMatch(/VpcEndpointIds/);
  expect(await tell({ account, service: 's3', action: 'x' })).toMatch(/service/);
});

test('when the rates are changed by their path, they hold at once', async () => {
  const lab = await startLab();
  const limits = { 'ec2:DescribeVpcs': { bucket: 1, refill: 0.5 } };
  await ask(lab, 'PUT', 'throttling', { throttling: 'aws', limits });
  const look = () => lab.as(VENDOR).ec2.send(new DescribeVpcsCommand({}));
  await look();
  expect((await failure(look())).code).toBe('RequestLimitExceeded');
  const { json } = await ask(lab, 'GET', 'throttling');
  expect(json).toMatchObject({
    throttling: 'aws',
    buckets: [{ name: `${VENDOR}/us-east-1/DescribeVpcs`, left: 0 }],
  });
});

test('when the world is reset, it is as it was in the beginning', async () => {
  const lab = await startLab();
  await offerService(lab);
  await ask(lab, 'POST', 'faults', { name: 'any', delayMs: 1 });
  await ask(lab, 'POST', 'reset');
  expect(lab.simulator.world.endpointServices.size).toBe(0);
  expect(lab.simulator.simulation.faults.list()).toEqual([]);
  expect(lab.simulator.calls()).toEqual([]);
  await offerService(lab);
});

test.each([
  ['GET', 'nowhere', undefined, 404, /There is no \/_simulator\/nowhere/],
  ['POST', 'calls', {}, 405, /takes GET, not POST/],
  ['POST', 'faults', { name: 'x', anser: 'reset' }, 400, /anser/],
  ['POST', 'faults', { name: 'x', answer: 'explode' }, 400, /"silence", "reset".* at answer/s],
  ['POST', 'faults', { name: 'x', match: { action: 'createTag' } }, 400, /Is CreateTags meant\?/],
  [
    'POST',
    'faults',
    { name: 'x', match: { action: 'createVpcEndpoints' } },
    400,
    /CreateVpcEndpoint m/,
  ],
  ['POST', 'clock', { advanceMs: -1 }, 400, /advanceMs/],
  ['POST', 'faults', { name: 'x', delayMs: 2 ** 31 }, 400, /delayMs/],
  ['PUT', 'throttling', { throttling: 'aws', limits: { x: {} } }, 400, /limits/],
  ['GET', 'calls?since=x', undefined, 400, /since must be/],
] as const)(
  'when %s %s cannot be done, the reply is clear',
  async (method, path, body, status, text) => {
    const lab = await startLab();
    const reply = await ask(lab, method, path, body);
    expect(reply.status).toBe(status);
    expect(reply.json.error).toMatch(text);
  },
);

test('when a body is not JSON, or does not say that it is, it is refused', async () => {
  const lab = await startLab();
  const post = (headers: Record<string, string>) =>
    fetch(`${lab.endpoint}/_simulator/clock`, { method: 'POST', headers, body: '{"advanceMs":' });
  expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
  expect((await post({ 'content-type': 'application/json' })).status).toBe(400);
});

test('when a call is refused by an Admission, the admin paths are not concerned', async () => {
  const lab = await startLab();
  lab.simulator.setFault({ name: 'all', answer: 'reset' });
  expect((await ask(lab, 'GET', 'health')).json).toMatchObject({ status: 'ok' });
  const input = { ServiceId: 'vpce-svc-00000000000000001', VpcEndpointIds: [] };
  await failure(lab.as(VENDOR).ec2.send(new AcceptVpcEndpointConnectionsCommand(input)));
});

test('when the admin paths change something, a stale read lags only as told', async () => {
  const lab = await startLab();
  const [group] = lab.simulator.world.targetGroups.values();
  const health = async () => {
    const { elb } = lab.as(VENDOR);
    const { TargetHealthDescriptions } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: group?.id }),
    );
    return TargetHealthDescriptions?.map(({ TargetHealth }) => TargetHealth?.State);
  };
  lab.simulator.setFault({ name: 'stale', staleMs: 1000, match: { mutating: false } });
  lab.advance(5000);
  await ask(lab, 'POST', 'targets', { healthy: false });
  expect(await health()).toEqual(['healthy', 'healthy', 'healthy']);
  lab.advance(2000);
  expect(await health()).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
});

test('when the clock would leave the years that timestamps can tell, it is not moved', async () => {
  const lab = await startLab();
  const century = { advanceMs: 36_500 * 86_400_000 };
  let reply = await ask(lab, 'POST', 'clock', century);
  for (let i = 0; i < 90 && reply.status === 200; i += 1) {
    reply = await ask(lab, 'POST', 'clock', century);
  }
  expect(reply).toMatchObject({ status: 400, json: { error: expect.stringContaining('9999') } });
  expect((await ask(lab, 'GET', 'health')).json.now).toMatch(/^9\d{3}-/);
});

test('when a page of another origin asks for a change, it is refused', async () => {
  const lab = await startLab();
  await offerService(lab);
  const headers = { origin: 'https://elsewhere.example' };
  const reply = await fetch(`${lab.endpoint}/_simulator/reset`, { method: 'POST', headers });
  expect(reply.status).toBe(415);
  expect(lab.simulator.world.endpointServices.size).toBe(1);
});
