// Faults as clients meet them: which calls they strike, and what becomes of the world.

import {
  AcceptVpcEndpointConnectionsCommand,
  DescribeVpcEndpointConnectionsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcEndpointServicePermissionsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { allow, connect, offerService } from '../scenes.ts';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, startWiredLab, VENDOR } from '../lab.ts';

const ACCEPT = { action: 'AcceptVpcEndpointConnections' };

/** A connection that waits for acceptance, and a way to accept it. */
async function waiting(lab: Lab) {
  const service = await offerService(lab, { AcceptanceRequired: true });
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  const input = { ServiceId: service.id, VpcEndpointIds: [id] };
  const accept = (signal?: AbortSignal) =>
    lab
      .as(VENDOR)
      .ec2.send(
        new AcceptVpcEndpointConnectionsCommand(input),
        signal ? { abortSignal: signal } : {},
      );
  const state = () => lab.simulator.world.endpoints.get(id)?.state;
  return { service, id, accept, state };
}

function logged(lab: Lab) {
  const { outcome, performed, fault } = lab.simulator.calls().at(-1) ?? {};
  return { outcome, performed, fault };
}

test('when a call is told to fail, the client sees it and nothing has happened', async () => {
  const lab = await startWiredLab();
  const { accept, state } = await waiting(lab);
  const answer = { code: 'InternalError', message: 'An internal error', status: 500 };
  lab.simulator.setFault({ name: 'down', match: ACCEPT, answer });

  expect(await failure(accept())).toEqual({ code: 'InternalError', message: 'An internal error' });
  expect(state()).toBe('pendingAcceptance');
  expect(logged(lab)).toEqual({ outcome: 'InternalError', performed: false, fault: 'down' });
});

test('when an error comes after the effect, the effect is there', async () => {
  const lab = await startWiredLab();
  const { accept, state } = await waiting(lab);
  const answer = { code: 'InternalError', status: 500 };
  lab.simulator.setFault({ name: 'late', match: ACCEPT, answer, performed: true });

  expect((await failure(accept())).code).toBe('InternalError');
  expect(state()).toBe('pending');
  expect(logged(lab)).toEqual({ outcome: 'InternalError', performed: true, fault: 'late' });
});

test('when the answer never comes, the client waits in vain and the call is done', async () => {
  const lab = await startWiredLab();
  const { accept, state } = await waiting(lab);
  lab.simulator.setFault({ name: 'silent', match: ACCEPT, answer: 'silence' });

  const given = new AbortController();
  const call = failure(accept(given.signal));
  await expect.poll(state).toBe('pending');
  given.abort();
  expect((await call).code).toBe('AbortError');
  expect(logged(lab)).toEqual({ outcome: 'ok', performed: true, fault: 'silent' });
});

test('when the connection is half open, the call is not done either', async () => {
  const lab = await startWiredLab();
  const { accept, state } = await waiting(lab);
  lab.simulator.setFault({ name: 'gone', match: ACCEPT, answer: 'silence', performed: false });

  const given = new AbortController();
  const call = failure(accept(given.signal));
  await expect.poll(() => logged(lab).fault).toBe('gone');
  given.abort();
  await call;
  expect(state()).toBe('pendingAcceptance');
});

test.each([['reset'], ['cut']] as const)(
  'when the connection ends with a %s, the client sees an error of the network',
  async (answer) => {
    const lab = await startWiredLab();
    const { accept, state } = await waiting(lab);
    lab.simulator.setFault({ name: answer, match: ACCEPT, answer });
    const { code, message } = await failure(accept());
    expect(`${code} ${message}`).toMatch(/ECONNRESET|aborted|socket hang up/i);
    expect(state()).toBe('pending');
  },
);

test('when a proxy answers with a page, the client gets a 500 that is not XML', async () => {
  const lab = await startWiredLab();
  const answer = { page: '<html><h1>Bad gateway</h1>', status: 502 };
  lab.simulator.setFault({ name: 'proxy', match: { service: 'sts' }, answer, performed: false });

  const call = lab.as(VENDOR).sts.send(new GetCallerIdentityCommand({}));
  await expect(call).rejects.toMatchObject({ $metadata: { httpStatusCode: 502 } });
  expect(logged(lab)).toEqual({ outcome: 'page 502', performed: false, fault: 'proxy' });
});

test('when items of a batch fail, the others are done and the answer is a success', async () => {
  const lab = await startWiredLab();
  const { service, id } = await waiting(lab);
  await allow(lab, service.id, [`arn:aws:iam::${OTHER_CUSTOMER}:root`]);
  const { VpcEndpointId: other = '' } = await connect(lab, service, {}, OTHER_CUSTOMER);
  const items = { code: 'InternalError', message: 'Try again', ids: [other] };
  lab.simulator.setFault({ name: 'partly', match: ACCEPT, items });

  const { Unsuccessful } = await lab.as(VENDOR).ec2.send(
    new AcceptVpcEndpointConnectionsCommand({
      ServiceId: service.id,
      VpcEndpointIds: [id, other],
    }),
  );
  const error = { Code: 'InternalError', Message: 'Try again' };
  expect(Unsuccessful).toEqual([{ ResourceId: other, Error: error }]);
  expect(lab.simulator.world.endpoints.get(id)?.state).toBe('pending');
  expect(lab.simulator.world.endpoints.get(other)?.state).toBe('pendingAcceptance');
});

test('when reads are stale, they show the past, and changes see the present', async () => {
  const lab = await startWiredLab();
  const { service, id, accept } = await waiting(lab);
  lab.simulator.setFault({ name: 'lag', match: { action: 'Describe*' }, staleMs: 2000 });
  const { ec2 } = lab.as(VENDOR);
  const seen = async () => {
    const read = await ec2.send(new DescribeVpcEndpointConnectionsCommand({}));
    return read.VpcEndpointConnections?.[0]?.VpcEndpointState;
  };
  const principals = async () => {
    const input = { ServiceId: service.id };
    const read = await ec2.send(new DescribeVpcEndpointServicePermissionsCommand(input));
    return read.AllowedPrincipals?.length;
  };

  lab.advance(10_000);
  await accept();
  await allow(lab, service.id, [`arn:aws:iam::${OTHER_CUSTOMER}:root`]);
  expect([await seen(), await principals()]).toEqual(['pendingAcceptance', 1]);
  lab.advance(1999);
  expect(await seen()).toBe('pendingAcceptance');
  lab.advance(1);
  expect([await seen(), await principals()]).toEqual(['pending', 2]);
  // The move to available fell due 400 ms after the accept.
  lab.advance(400);
  expect(await seen()).toBe('available');
  expect(lab.simulator.world.endpoints.get(id)?.state).toBe('available');
});

test('when every second read is stale, answers alternate', async () => {
  const lab = await startWiredLab();
  const { accept } = await waiting(lab);
  lab.simulator.setFault({
    name: 'flicker',
    match: { action: 'DescribeVpcEndpoints' },
    staleMs: 60_000,
    every: 2,
  });
  await accept();
  const states: unknown[] = [];
  for (let i = 0; i < 4; i += 1) {
    const { VpcEndpoints } = await lab.as(CUSTOMER).ec2.send(new DescribeVpcEndpointsCommand({}));
    states.push(VpcEndpoints?.[0]?.State);
  }
  expect(states).toEqual(['pending', 'pendingAcceptance', 'pending', 'pendingAcceptance']);
});

test('when a fault is to skip, repeat and end, it strikes exactly those calls', async () => {
  const lab = await startWiredLab();
  const answer = { code: 'Unavailable', status: 503 };
  lab.simulator.setFault({ name: 'n', match: { account: VENDOR }, skip: 1, times: 2, answer });
  const outcomes: string[] = [];
  for (let i = 0; i < 5; i += 1) {
    const call = lab.as(VENDOR).ec2.send(new DescribeVpcsCommand({}));
    outcomes.push(
      await call.then(
        () => 'ok',
        (error: unknown) => (error as Error).name,
      ),
    );
    await lab.as(CUSTOMER).ec2.send(new DescribeVpcsCommand({}));
  }
  expect(outcomes).toEqual(['ok', 'Unavailable', 'Unavailable', 'ok', 'ok']);
});

test('when a fault is a matter of luck, the same seed strikes the same calls', async () => {
  const struck = async (seed: number) => {
    const lab = await startWiredLab({ seed });
    const answer = { code: 'Unavailable', status: 503 };
    lab.simulator.setFault({ name: 'luck', probability: 0.5, answer });
    for (let i = 0; i < 20; i += 1) {
      await lab
        .as(VENDOR)
        .ec2.send(new DescribeVpcsCommand({}))
        .catch(() => undefined);
    }
    return lab.simulator.calls().map(({ outcome }) => outcome === 'ok');
  };
  const [first, second, other] = [await struck(7), await struck(7), await struck(8)];
  expect(first).toEqual(second);
  expect(first).not.toEqual(other);
  expect(new Set(first)).toEqual(new Set([true, false]));
});

test.each([
  ['its service', { service: 'sts' as const }],
  ['its Region', { region: 'eu-west-1' }],
  ['what changes something', { mutating: true }],
  ['a resource that it does not name', { resource: 'vpce-0ffffffffffffffff' }],
])('when a fault is for another call by %s, the call is left alone', async (_, match) => {
  const lab = await startWiredLab();
  lab.simulator.setFault({ name: 'other', match, answer: { code: 'Unavailable', status: 503 } });
  await lab.as(VENDOR).ec2.send(new DescribeVpcsCommand({}));
  expect(logged(lab)).toEqual({ outcome: 'ok', performed: true, fault: null });
});

test('when an answer is slow, it is late but right', async () => {
  const lab = await startWiredLab();
  lab.simulator.setFault({ name: 'slow', delayMs: 60, bytesPerSecond: 8000 });
  const before = performance.now();
  const { Account } = await lab.as(VENDOR).sts.send(new GetCallerIdentityCommand({}));
  expect(Account).toBe(VENDOR);
  expect(performance.now() - before).toBeGreaterThan(90);
});
