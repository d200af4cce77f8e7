// Verification of private DNS names where it is not straight: flapping, lost, asked for at the
// wrong time, and names below a public suffix of two labels.

import {
  ModifyVpcEndpointServiceConfigurationCommand,
  StartVpcEndpointServicePrivateDnsVerificationCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { flapPrivateDns } from '../../../src/services/ec2/endpoint-services/private-dns-checks.ts';
import { domainsOf } from '../../../src/world/dns/domains.ts';
import { failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { connect, offerService, publishTxt, serviceNow, verifyPrivateDns } from '../../scenes.ts';

const NAME = { PrivateDnsName: 'api.vendor.example' };

function start(lab: Lab, ServiceId: string) {
  return lab
    .as(VENDOR)
    .ec2.send(new StartVpcEndpointServicePrivateDnsVerificationCommand({ ServiceId }));
}

async function state(lab: Lab, id: string): Promise<string | undefined> {
  return (await serviceNow(lab, id))?.PrivateDnsNameConfiguration?.State;
}

/** The states at the next looks, one after another. */
async function statesOver(lab: Lab, id: string, looks: number, everyMs: number) {
  const seen: (string | undefined)[] = [];
  for (let look = 0; look < looks; look += 1) {
    seen.push(await state(lab, id));
    lab.advance(everyMs);
  }
  return seen;
}

test('when verification flaps, the state goes back and forth and settles in the end', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab, NAME);
  await verifyPrivateDns(lab, id);
  const { world } = lab.simulator;
  world.schedule.settle(lab.now().getTime());
  flapPrivateDns(world, id, { forMs: 4000, everyMs: 1000 });
  const [down, up] = ['pendingVerification', 'verified'];
  expect(await statesOver(lab, id, 5, 1000)).toEqual([down, up, down, up, up]);
  lab.advance(world.delays.privateDnsRecheck);
  expect(await state(lab, id)).toBe(up);
});

test('when chance decides the flaps, the same chance gives the same states', async () => {
  const draws = [0.9, 0.1, 0.2, 0.8, 0.3];
  const run = async () => {
    const lab = await startLab();
    const { id } = await offerService(lab, NAME);
    await verifyPrivateDns(lab, id);
    lab.simulator.world.schedule.settle(lab.now().getTime());
    const rest = [...draws];
    const random = () => rest.shift() ?? 0;
    flapPrivateDns(lab.simulator.world, id, { forMs: 5000, everyMs: 1000, random });
    return statesOver(lab, id, 5, 1000);
  };
  const first = await run();
  expect(first.map((found) => found === 'verified')).toEqual(draws.map((draw) => draw < 0.5));
  expect(await run()).toEqual(first);
});

test('when the record is gone by the end of the flaps, verification gives up', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab, NAME);
  await verifyPrivateDns(lab, id);
  const { world } = lab.simulator;
  world.schedule.settle(lab.now().getTime());
  flapPrivateDns(world, id, { forMs: 4000, everyMs: 1000 });
  const { Name } = (await serviceNow(lab, id))?.PrivateDnsNameConfiguration ?? {};
  await publishTxt(lab, `${Name}.vendor.example`, ['"gone"']);
  lab.advance(4000);
  expect(await state(lab, id)).toBe('pendingVerification');
  lab.advance(world.delays.privateDnsGivesUp + world.delays.privateDnsCheck);
  expect(await state(lab, id)).toBe('failed');
});

test('when it flaps before it was started, nothing is verified by that', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab, NAME);
  flapPrivateDns(lab.simulator.world, id, { forMs: 10_000 });
  lab.advance(20_000);
  expect(await state(lab, id)).toBe('pendingVerification');
  expect(() => flapPrivateDns(lab.simulator.world, 'vpce-svc-0', { forMs: 1 })).toThrow('svc-0');
});

test('when a record is lost, a knob says whether the name fails or waits', async () => {
  for (const lostVerification of ['failed', 'pendingVerification'] as const) {
    const lab = await startLab({ knobs: { lostVerification } });
    const { delays } = lab.simulator.world;
    const service = await offerService(lab, { ...NAME, AcceptanceRequired: false });
    await verifyPrivateDns(lab, service.id);
    const endpoint = await connect(lab, service);
    const { Name, Value } = (await serviceNow(lab, service.id))?.PrivateDnsNameConfiguration ?? {};
    await publishTxt(lab, `${Name}.vendor.example`, ['"gone"']);
    lab.advance(delays.privateDnsRecheck);
    expect(await state(lab, service.id)).toBe(lostVerification);
    expect((await failure(connect(lab, service))).code).toBe('InvalidServiceName');
    const kept = lab.simulator.world.endpoints.get(endpoint.VpcEndpointId ?? '');
    expect(kept?.state).toBe('available');
    await publishTxt(lab, `${Name}.vendor.example`, [`"${Value}"`]);
    lab.advance(delays.privateDnsCheck);
    const found = lostVerification === 'failed' ? 'failed' : 'verified';
    expect(await state(lab, service.id)).toBe(found);
  }
});

test('when verification is started without need, knobs say what is answered', async () => {
  for (const code of ['InvalidParameter', 'InvalidState', 'IncorrectState'] as const) {
    const lab = await startLab({ knobs: { verifyWithoutNameCode: code } });
    const { id } = await offerService(lab);
    expect((await failure(start(lab, id))).code).toBe(code);
  }
  for (const verifyVerified of ['succeeds', 'fails'] as const) {
    const lab = await startLab({ knobs: { verifyVerified } });
    const { id } = await offerService(lab, NAME);
    await verifyPrivateDns(lab, id);
    if (verifyVerified === 'succeeds') expect((await start(lab, id)).ReturnValue).toBe(true);
    else expect((await failure(start(lab, id))).code).toBe('InvalidParameter');
    expect(await state(lab, id)).toBe('verified');
  }
});

test('when a name is changed, the token is new and nothing is verified', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab, NAME);
  await verifyPrivateDns(lab, id);
  const before = (await serviceNow(lab, id))?.PrivateDnsNameConfiguration;
  const rename = new ModifyVpcEndpointServiceConfigurationCommand({
    ServiceId: id,
    PrivateDnsName: 'other.vendor.example',
  });
  await lab.as(VENDOR).ec2.send(rename);
  const after = (await serviceNow(lab, id))?.PrivateDnsNameConfiguration;
  expect(after?.State).toBe('pendingVerification');
  expect([after?.Name, after?.Value]).not.toEqual([before?.Name, before?.Value]);
});

test('when a name lies below a suffix of two labels, its domain has three', () => {
  expect(domainsOf('a.b.vendor.example')).toEqual([
    'a.b.vendor.example',
    'b.vendor.example',
    'vendor.example',
  ]);
  expect(domainsOf('api.vendor.co.uk')).toEqual(['api.vendor.co.uk', 'vendor.co.uk']);
  expect(domainsOf('co.uk')).toEqual([]);
});

test('when private DNS waits for acceptance, one endpoint can wait for the name', async () => {
  const lab = await startLab({ knobs: { privateDnsBeforeAcceptance: 'waits' } });
  const service = await offerService(lab, NAME);
  await verifyPrivateDns(lab, service.id);
  const wanting = { PrivateDnsEnabled: true };
  const { VpcEndpointId: id = '' } = await connect(lab, service, wanting);
  expect((await failure(connect(lab, service, wanting))).message).toMatch('conflicting DNS domain');
  lab.simulator.world.schedule.settle(lab.now().getTime());
  lab.advance(lab.simulator.world.delays.acceptanceExpires);
  await connect(lab, service, wanting);
  expect(lab.simulator.world.endpoints.get(id)?.state).toBe('expired');
});
