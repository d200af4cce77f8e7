// What only the admin paths can do to a world.

import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { CUSTOMER, type Lab, startLab, VENDOR } from '../lab.ts';
import {
  connect,
  loadBalancerArn,
  networkOf,
  offerService,
  publishTxt,
  serviceNow,
  verifyPrivateDns,
} from '../scenes.ts';

async function ask(lab: Lab, path: string, body?: unknown, headers = {}) {
  const response = await fetch(`${lab.endpoint}/_simulator/${path}`, {
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

test('when the targets of a zone are made ill, those and no others are', async () => {
  const lab = await startLab();
  const { json } = await ask(lab, 'targets', { zoneId: 'use1-az1', healthy: false });
  const targets = [...lab.simulator.world.targetGroups.values()].flatMap((group) => [
    ...group.targets.values(),
  ]);
  const ill = targets.filter(({ healthy }) => !healthy);
  expect(ill.length).toBe(json.changed);
  expect(ill.length).toBeGreaterThan(0);
  expect(new Set(ill.map(({ zoneId }) => zoneId))).toEqual(new Set(['use1-az1']));
  expect((await ask(lab, 'targets', { zoneId: 'mars', healthy: true })).status).toBe(404);
});

test('when a load balancer fails, it is failed', async () => {
  const lab = await startLab();
  const arn = loadBalancerArn(lab);
  await ask(lab, 'load-balancers', { arn, state: 'failed' });
  expect(lab.simulator.world.loadBalancers.get(arn)?.state).toBe('failed');
  const unknown = await ask(lab, 'load-balancers', { arn: 'arn:x', state: 'failed' });
  expect(unknown).toMatchObject({ status: 404, json: { error: expect.stringMatching(/arn:x/) } });
});

test('when a verification flaps, the name is verified and not, by turns', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab, { PrivateDnsName: 'api.vendor.example' });
  await verifyPrivateDns(lab, id);
  await ask(lab, 'private-dns-flaps', { serviceId: id, forMs: 5000, everyMs: 500 });
  const seen = new Set<unknown>();
  for (let i = 0; i < 12; i += 1) {
    lab.advance(500);
    seen.add((await serviceNow(lab, id))?.PrivateDnsNameConfiguration?.State);
  }
  expect(seen.size).toBeGreaterThan(1);
  expect(seen).toContain('verified');
});

test('when a name is asked for, the answer is what a resolver would say', async () => {
  const lab = await startLab();
  await publishTxt(lab, '_label.vendor.example', ['"vpce:abc"']);
  lab.advance(1000);
  const { json } = await ask(lab, 'dns?name=_label.vendor.example&type=txt');
  expect(json).toMatchObject({ status: 'NOERROR', answers: [{ value: '"vpce:abc"' }] });
  const { vpcId } = await networkOf(lab, CUSTOMER);
  const inside = await ask(lab, `dns?name=nowhere.vendor.example&vpc=${vpcId}`);
  expect(inside.json).toEqual({ status: 'NXDOMAIN', answers: [] });
  expect((await ask(lab, 'dns')).status).toBe(400);
});

test('when the keys of an issuer are asked for, path and host give the same', async () => {
  const lab = await startLab();
  const configuration = await ask(lab, `oidc/${VENDOR}/.well-known/openid-configuration`);
  const issuer = String(configuration.json.issuer);
  expect(issuer).toMatch(/^https:\/\/[0-9a-f-]{36}\.tokens\.sts\.global\.api\.aws$/);
  const byPath = await ask(lab, `oidc/${VENDOR}/.well-known/jwks.json`);
  const { answer } = await rawGet(lab, '/.well-known/jwks.json', issuer.slice('https://'.length));
  expect(JSON.parse(answer)).toEqual(byPath.json);
  expect((await ask(lab, 'oidc/999999999999/.well-known/jwks.json')).status).toBe(404);
});

async function rawGet(lab: Lab, path: string, host: string): Promise<{ answer: string }> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const call = request(`${lab.endpoint}${path}`, { headers: { host } }, (response) => {
      let answer = '';
      response.on('data', (chunk: Buffer) => {
        answer += chunk.toString();
      });
      response.on('end', () => resolve({ answer }));
    });
    call.on('error', reject).end();
  });
}

test('when traffic is told of an endpoint, CloudWatch has it', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: false });
  const { VpcEndpointId: endpointId = '' } = await connect(lab, service);
  lab.advance(lab.simulator.world.delays.endpointAvailable);
  const told = await ask(lab, 'traffic', { endpointId, bytes: 4096, newConnections: 2 });
  expect(told.status).toBe(200);
  const { Metrics } = await lab
    .as(VENDOR)
    .cloudwatch.send(new ListMetricsCommand({ Namespace: 'AWS/PrivateLinkServices' }));
  expect(Metrics?.map(({ MetricName }) => MetricName)).toContain('BytesProcessed');
  expect((await ask(lab, 'traffic', { endpointId: 'vpce-1', bytes: 1 })).status).toBe(404);
});
