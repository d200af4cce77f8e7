// From an invite to a connection that works, by the real service over the simulated AWS.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type ConnectProgress } from '../../src/aws/entry.ts';
import { openStage, PRIVATE_NAME, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage?.close());

test('when nothing is there, one call proves, connects and switches private DNS on', async () => {
  const { client, aws, vpcId, account } = await stage.invite('444444444444');
  const seen: string[] = [];
  const onProgress = ({ step, state }: ConnectProgress) => {
    seen.push(`${step} ${state}`);
  };
  const connected = await connect(client, { ...aws, onProgress });
  expect(connected).toMatchObject({
    connection: { state: 'available', owner_account_id: account },
    service_name: stage.service.service_name,
    vpc_id: vpcId,
    dns: { mode: 'endpoint', name: PRIVATE_NAME, private_dns_enabled: true, target: null },
  });
  expect(seen.filter((line) => line.endsWith('done'))).toEqual([
    'account done',
    'service done',
    'preflight done',
    'security-group done',
    'endpoint done',
    'acceptance done',
    'private-dns done',
  ]);
  const [endpoint, ...more] = [...stage.simulator.world.endpoints.values()].filter(
    (one) => one.account === account,
  );
  expect(more).toEqual([]);
  expect(endpoint).toMatchObject({ state: 'available', privateDns: { name: PRIVATE_NAME } });
  expect(endpoint!.networkInterfaceIds).toHaveLength(3);
});
