// From an invite to a connection that works, and out again, by the real service over the simulated
// AWS. Each test has a customer of its own, so that they can wait at the same time.
import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  connect,
  ConnectError,
  type ConnectProgress,
  disconnect,
  planConnection,
  planDisconnection,
} from '../../src/aws/entry.ts';
import { type Invited, openStage, PRIVATE_NAME, REGION, type Stage, VENDOR } from './stage.ts';
import { describeTerraformCalls } from './terraform-calls.ts';
import { errorOf } from '../harness.ts';
import { testInterruptions } from './interruptions.ts';
import { testProgram, testQuickStart } from './quick-start.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage?.close());

describeTerraformCalls(() => stage);

/** What AWS has of an account, as nobody but the simulator sees it. */
function worldOf({ account }: Invited) {
  const { endpoints, securityGroups } = stage.simulator.world;
  const ours = <T extends { account: string }>(all: Iterable<T>) =>
    [...all].filter((one) => one.account === account);
  return {
    endpoints: ours(endpoints.values()),
    groups: ours(securityGroups.values()).filter(({ name }) => name !== 'default'),
  };
}

const withMaps = (_: string, value: unknown) => (value instanceof Map ? [...value] : value);

testProgram(() => stage);

const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';
if (!isLong) process.stderr.write('skipped: four more stories of connect(), for test:long\n');

describe.concurrent('connecting', () => {
  testInterruptions(() => stage);
  testQuickStart(() => stage);

  test('when nothing is there, one call does all, and another one changes nothing', async ({
    expect,
  }) => {
    const acme = await stage.invite('444444444441');
    const { client, aws, vpcId } = acme;
    const plan = await planConnection(client, aws);
    expect(plan.steps.map(({ step, does }) => `${step} ${does}`)).toEqual([
      'account change',
      'service wait',
      'security-group change',
      'endpoint change',
      'acceptance wait',
      'private-dns change',
    ]);
    expect(worldOf(acme)).toEqual({ endpoints: [], groups: [] });
    const done: string[] = [];
    const onProgress = ({ step, state }: ConnectProgress) => {
      if (state === 'done') done.push(step);
    };
    const connected = await connect(client, { ...aws, onProgress, tags: { team: 'network' } });
    expect(connected).toMatchObject({
      connection: { state: 'available', owner_account_id: acme.account, dns: 'endpoint' },
      service_name: stage.service.service_name,
      vpc_id: vpcId,
      dns: { mode: 'endpoint', name: PRIVATE_NAME, private_dns_enabled: true, target: null },
    });
    const order = ['account', 'service', 'preflight', 'security-group', 'endpoint', 'acceptance'];
    expect(done).toEqual([...order, 'private-dns']);
    const { endpoints, groups } = worldOf(acme);
    expect(endpoints).toMatchObject([{ state: 'available', privateDns: { name: PRIVATE_NAME } }]);
    expect(endpoints[0]!.networkInterfaceIds).toHaveLength(3);
    expect(endpoints[0]!.tags.get('team')).toBe('network');
    expect(endpoints[0]!.securityGroupIds).toEqual(groups.map(({ id }) => id));

    const before = JSON.stringify(worldOf(acme), withMaps);
    const again = await connect(client, aws);
    expect(again.vpc_endpoint_id).toBe(connected.vpc_endpoint_id);
    expect(JSON.stringify(worldOf(acme), withMaps)).toBe(before);
    const settled = await planConnection(client, aws);
    expect(settled.works).toBe('yes');
    expect(new Set(settled.steps.map(({ does }) => does))).toEqual(new Set(['nothing']));
  });

  test.skipIf(!isLong)(
    'when it is rejected, it says so and whose turn it is; replaced only when asked',
    async ({ expect }) => {
      const acme = await stage.invite('444444444442', { acceptance: 'manual' });
      const { client, aws } = acme;
      const onProgress = ({ step, state, vpc_endpoint_id: id }: ConnectProgress) => {
        if (step === 'acceptance' && state === 'waiting') {
          void stage.operator.connections.reject(id!, { reason: 'Wrong VPC.' }).catch(() => {});
        }
      };
      const rejected = await errorOf(connect(client, { ...aws, onProgress }));
      expect(rejected).toBeInstanceOf(ConnectError);
      expect(rejected).toMatchObject({ code: 'endpoint_ended', step: 'acceptance' });
      expect((rejected as Error).message).toContain('is rejected: Wrong VPC.');
      const [first] = worldOf(acme).endpoints;
      const still = await errorOf(connect(client, aws));
      expect(still).toMatchObject({
        code: 'not_ready',
        turn: 'customer',
        next: { command: expect.stringContaining('--replace') },
      });
      expect(worldOf(acme).endpoints).toEqual([first]);

      const accept = ({ step, state, vpc_endpoint_id: id }: ConnectProgress) => {
        if (step === 'acceptance' && state === 'waiting') {
          void stage.operator.connections.accept(id!).catch(() => {});
        }
      };
      const replaced = await connect(client, { ...aws, replace: true, onProgress: accept });
      expect(replaced.vpc_endpoint_id).not.toBe(first!.id);
      const states = worldOf(acme).endpoints.map(({ state }) => state);
      expect(states.filter((state) => state === 'available')).toHaveLength(1);
      expect(states).not.toContain('rejected');
    },
  );

  test.skipIf(!isLong)(
    'when nobody accepts it in time, it times out with the vendor turn, and goes on',
    async ({ expect }) => {
      const acme = await stage.invite('444444444443', { acceptance: 'manual' });
      const { client, aws } = acme;
      const late = await errorOf(connect(client, { ...aws, timeoutMs: 6_000 }));
      expect(late).toMatchObject({ code: 'timed_out', step: 'acceptance' });
      const { vpcEndpointId } = late as ConnectError;
      await vi.waitUntil(
        () => stage.operator.connections.accept(vpcEndpointId!).catch(() => null),
        {
          timeout: 15_000,
          interval: 200,
        },
      );
      const connected = await connect(client, aws);
      expect(connected.vpc_endpoint_id).toBe(vpcEndpointId);
      expect(worldOf(acme).endpoints).toHaveLength(1);
    },
  );

  test('when EC2 shows the past to two calls at once, they make one endpoint', async ({
    expect,
  }) => {
    const acme = await stage.invite('444444444444');
    const { client, aws, account } = acme;
    stage.simulator.setFault({
      name: 'stale reads',
      match: { account, action: 'Describe*' },
      staleMs: 1_500,
    });
    const options = { ...aws, dns: 'none' as const };
    const both = await Promise.all([connect(client, options), connect(client, options)]);
    const [first, second] = both.map((one) => one.vpc_endpoint_id);
    expect(second).toBe(first);
    expect(both[0].dns).toMatchObject({ mode: 'none', name: null, private_dns_enabled: false });
    const later = await connect(client, aws);
    expect(later.vpc_endpoint_id).toBe(first);
    expect(worldOf(acme).endpoints).toHaveLength(1);
    expect(worldOf(acme).groups).toHaveLength(1);
  });

  test('when it is disconnected, ours goes and what is of others stays', async ({ expect }) => {
    const acme = await stage.invite('444444444445');
    const { client, aws, vpcId } = acme;
    const connected = await connect(client, { ...aws, dns: 'hosted-zone' });
    expect(connected.dns).toMatchObject({ name: PRIVATE_NAME, private_dns_enabled: false });
    expect(connected.dns.target?.name).toMatch(/^vpce-\w+-\w+\.vpce-svc-\w+\.us-east-1\.vpce\./);
    const ec2 = new EC2({ region: REGION, credentials: aws.credentials, ...aws.aws });
    const { VpcEndpoint } = await ec2.createVpcEndpoint({
      VpcEndpointType: 'Interface',
      VpcId: vpcId,
      ServiceName: connected.service_name,
    });
    ec2.destroy();
    const others = VpcEndpoint!.VpcEndpointId!;
    const planned = await planDisconnection(aws);
    expect(planned.vpc_endpoint_id).toBe(connected.vpc_endpoint_id);
    expect(worldOf(acme).endpoints.map(({ state }) => state)).not.toContain('deleted');
    expect(await disconnect(aws)).toEqual(planned);
    const left = worldOf(acme);
    expect(left.groups).toEqual([]);
    expect(left.endpoints.filter(({ state }) => state !== 'deleted')).toMatchObject([
      { id: others },
    ]);
    const nothing = { vpc_endpoint_id: null, security_group_ids: [] };
    expect(await disconnect(aws)).toMatchObject(nothing);
    expect(await errorOf(connect(client, aws))).toMatchObject({ code: 'not_ready' });
    const adopted = await connect(client, { ...aws, dns: 'none', vpc_endpoint_id: others });
    expect(adopted.vpc_endpoint_id).toBe(others);
    expect(await disconnect(aws)).toMatchObject(nothing);
  });

  // EC2 remembers the token of the one that is gone.
  test.skipIf(!isLong)(
    'when it is made once more after it was deleted, it is another one',
    async ({ expect }) => {
      const { client, aws } = await stage.invite('444444444448');
      const options = { ...aws, dns: 'none' as const };
      const first = await connect(client, options);
      await disconnect(aws);
      const second = await connect(client, options);
      expect(second.vpc_endpoint_id).not.toBe(first.vpc_endpoint_id);
      expect(second.connection.state).toBe('available');
    },
  );

  test.skipIf(!isLong)(
    'when the VPC is in another region, the endpoint names that of the service',
    async ({ expect }) => {
      const credentials = { accessKeyId: VENDOR, secretAccessKey: 'simulator' };
      const vendor = new EC2({ region: REGION, credentials, endpoint: stage.simulator.endpoint });
      const ServiceId = stage.service.service_id!;
      await vendor.modifyVpcEndpointServiceConfiguration({
        ServiceId,
        AddSupportedRegions: ['eu-west-1'],
      });
      vendor.destroy();
      const acme = await stage.invite('444444444449', { vpcs: [{ region: 'eu-west-1' }] });
      const connected = await connect(acme.client, { ...acme.aws, region: 'eu-west-1' });
      expect(connected.connection).toMatchObject({ endpoint_region: 'eu-west-1' });
      expect(worldOf(acme).endpoints).toMatchObject([
        { region: 'eu-west-1', serviceRegion: REGION, state: 'available' },
      ]);
    },
  );

  test('when the account may not be proven, it says what to run', async ({ expect }) => {
    const { client, aws, account } = await stage.invite('444444444446');
    const error = await errorOf(connect(client, { ...aws, prove: false }));
    expect(error).toMatchObject({
      code: 'account_not_proven',
      step: 'account',
      turn: 'customer',
      next: { command: `npx @sallyport/sdk prove --account-id ${account}` },
    });
  });
});

test('when the signal aborts, it ends with that, and not with a timeout', async () => {
  const { client, aws } = await stage.invite('444444444447');
  const controller = new AbortController();
  const onProgress = ({ step }: ConnectProgress) => {
    if (step === 'service') controller.abort();
  };
  const error = await errorOf(connect(client, { ...aws, signal: controller.signal, onProgress }));
  expect(error).toMatchObject({ name: 'AbortedError' });
});
