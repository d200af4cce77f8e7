// Scenario files: what they bring, and what they say when they are wrong.

import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { scenarioOptions } from '../../src/scenario/scenario.ts';
import { readScenario } from '../../src/index.ts';
import { failure, startLab } from '../lab.ts';

const bank = {
  id: '444444444444',
  rootSecret: 'bank',
  vpcs: [{ region: 'us-east-1', cidr: '10.44.0.0/16', subnets: [{ zoneId: 'use1-az4' }] }],
};

async function fileWith(text: string): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'scenario-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = path.join(directory, 'world.json');
  await writeFile(file, text);
  return file;
}

test('when a file describes accounts, faults and delays, the world has them', async () => {
  const file = await fileWith(
    JSON.stringify({
      seed: 7,
      delays: { recordsInSync: 5 },
      knobs: { acceptAfterReject: 'reconnects' },
      quotas: { endpointsPerVpc: 1 },
      throttling: {
        throttling: 'aws',
        limits: { 'sts:GetCallerIdentity': { bucket: 1, refill: 0 } },
      },
      faults: [{ name: 'down', match: { region: 'eu-west-1' }, answer: { code: 'Unavailable' } }],
      accounts: [bank],
    }),
  );
  const lab = await startLab(await readScenario(file));
  const keys = { accessKeyId: bank.id, secretAccessKey: bank.rootSecret };
  const { sts, ec2 } = lab.as(keys);

  expect(lab.simulator.world.delays).toMatchObject({ recordsInSync: 5, endpointAvailable: 400 });
  expect(lab.simulator.world.knobs.acceptAfterReject).toBe('reconnects');
  expect(lab.simulator.world.quotas.endpointsPerVpc).toBe(1);
  expect([...lab.simulator.world.accounts.keys()]).toEqual([bank.id]);
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
  expect(Subnets?.map(({ AvailabilityZoneId }) => AvailabilityZoneId)).toEqual(['use1-az4']);
  await sts.send(new GetCallerIdentityCommand({}));
  expect((await failure(sts.send(new GetCallerIdentityCommand({})))).code).toBe('Throttling');
  const abroad = lab.as(keys, 'eu-west-1').ec2.send(new DescribeSubnetsCommand({}));
  expect((await failure(abroad)).code).toBe('Unavailable');
});

test('when the seed is the same, the ids are the same', async () => {
  const ids = async (seed: number) => {
    const lab = await startLab(scenarioOptions({ seed }));
    return [...lab.simulator.world.subnets.values()].map(({ id }) => id);
  };
  expect(await ids(7)).toEqual(await ids(7));
  expect(await ids(7)).not.toEqual(await ids(8));
});

test.each([
  ['{', /is not JSON/],
  ['[]', /expected object/i],
  ['{"acounts": []}', /acounts/],
  ['{"accounts": [{"id": "42"}]}', /12 digits[\s\S]*accounts\[0\]\.id/],
  [
    '{"accounts": [{"id": "444444444444", "vpcs": [{"region": "us-east-1", "cidr": "10.0/8"}]}]}',
    /is a \/16, for example.*vpcs\[0\]\.cidr/s,
  ],
  ['{"nobs": {}}', /scenario\.md says what it may have/],
  ['{"knobs": {"acceptAfterReject": "maybe"}}', /"fails"\|"reconnects"[\s\S]*acceptAfterReject/],
  ['{"delays": {"recordsInSynk": 5}}', /recordsInSynk/],
  ['{"faults": [{"match": {}}]}', /faults\[0\]\.name/],
])('when a file says %s, the error names what is wrong', async (text, message) => {
  await expect(readScenario(await fileWith(text))).rejects.toThrow(message);
});

test('when there is no such file, the error says so', async () => {
  await expect(readScenario('/nowhere/world.json')).rejects.toThrow(/cannot be read/);
});

test('when a world contradicts itself, the error says where', async () => {
  const vpcs = [{ region: 'mars-1' }];
  const { world } = scenarioOptions({ accounts: [{ id: '444444444444', vpcs }] });
  await expect(startLab(world ? { world } : {})).rejects.toThrow(/mars-1/);
});
