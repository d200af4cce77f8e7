// What Terraform sends, in its order, by hand: an endpoint without private DNS, the wait of the
// module over HTTP, and only then the name. examples/setup/tools.test.ts plays the same with
// Terraform itself.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openShell, run, type Shell } from './shell.ts';
import { PRIVATE_NAME, type Stage } from './stage.ts';

/** To be called by a file of tests that has a stage. */
export function describeTerraformCalls(stageOf: () => Stage): void {
  describe.concurrent('what Terraform sends', () => {
    let stage: Stage;
    let shell: Shell;
    beforeAll(async () => {
      stage = stageOf();
      shell = await openShell(stage, '555555555551');
    }, 60_000);
    afterAll(() => shell?.close());
    const both = () => ({ stage, shell });

    test('when an endpoint is made as Terraform does, the module waits for the name', async ({
      expect,
    }) => {
      const folder = await shell.setup({ format: 'terraform' });
      const id = await make(both());
      expect(await named(both(), id)).toEqual({ id, state: expect.any(String), hasName: false });
      const waited = await wait(both(), folder, id);
      expect(waited).toEqual({ code: 0, signal: null, output: '' });
      expect((await named(both(), id)).state).toBe('available');
      await shell.ec2.modifyVpcEndpoint({ VpcEndpointId: id, PrivateDnsEnabled: true });
      await expect.poll(() => named(both(), id)).toEqual({ id, state: 'available', hasName: true });
      const { VpcEndpoints } = await shell.ec2.describeVpcEndpoints({ VpcEndpointIds: [id] });
      const names = VpcEndpoints![0]!.DnsEntries!.map(({ DnsName }) => DnsName);
      expect(names).toContain(PRIVATE_NAME);
    }, 60_000);

    test('when the vendor rejects it, the module fails at once and says why', async ({
      expect,
    }) => {
      const folder = await shell.setup({ format: 'terraform' });
      const id = await make(both());
      await stage.operator.connections.waitUntilAvailable(id);
      await stage.operator.connections.reject(id, { reason: 'Not this one.' });
      const rejected = async () => (await stage.operator.connections.get(id)).state === 'rejected';
      await expect.poll(rejected, { timeout: 20_000 }).toBe(true);
      const { code, output } = await wait(both(), folder, id);
      expect([code, output]).toEqual([1, expect.stringContaining('rejected')]);
      expect(output).toContain('Not this one');
    }, 60_000);

    test('when nobody knows the endpoint, it waits no longer than it may', async ({ expect }) => {
      const folder = await shell.setup({ format: 'terraform' });
      const { code, output } = await wait(both(), folder, 'vpce-0123456789abcdef0', {
        WAIT_SECONDS: '0',
      });
      expect([code, output]).toEqual([1, expect.stringContaining('not let in yet')]);
    }, 60_000);

    test('when the key is not one, it does not wait, and does not tell the key', async ({
      expect,
    }) => {
      const folder = await shell.setup({ format: 'terraform' });
      const SALLYPORT_API_KEY = 'sallyport_customer_wrong';
      const { code, output } = await wait(both(), folder, 'vpce-0123456789abcdef0', {
        SALLYPORT_API_KEY,
      });
      expect([code, output]).toEqual([1, expect.stringContaining('refuses (401)')]);
      expect(output).not.toContain(SALLYPORT_API_KEY);
    });

    test('when there is no key, it says what to export', async ({ expect }) => {
      const folder = await shell.setup({ format: 'terraform' });
      const { code, output } = await wait(both(), folder, 'vpce-1', { SALLYPORT_API_KEY: '' });
      expect([code, output]).toEqual([expect.any(Number), expect.stringContaining('export it')]);
      expect(code).not.toBe(0);
    });
  });
}

interface Endpoint {
  id: string;
  state: string | undefined;
  hasName: boolean | undefined;
}

interface Both {
  stage: Stage;
  shell: Shell;
}

async function make({ stage, shell }: Both): Promise<string> {
  const { Subnets } = await shell.ec2.describeSubnets({});
  const { VpcEndpoint } = await shell.ec2.createVpcEndpoint({
    VpcEndpointType: 'Interface',
    ServiceName: stage.service.service_name,
    VpcId: shell.vpcId,
    SubnetIds: [Subnets![0]!.SubnetId!],
    PrivateDnsEnabled: false,
  });
  return VpcEndpoint!.VpcEndpointId!;
}

async function named({ shell }: Both, id: string): Promise<Endpoint> {
  const { VpcEndpoints } = await shell.ec2.describeVpcEndpoints({ VpcEndpointIds: [id] });
  const { State, PrivateDnsEnabled } = VpcEndpoints![0]!;
  return { id, state: State, hasName: PrivateDnsEnabled };
}

function wait(
  { stage, shell }: Both,
  folder: string,
  id: string,
  more: Record<string, string> = {},
) {
  const own = { SALLYPORT_URL: stage.origin, VPC_ENDPOINT_ID: id, WAIT_SECONDS: '30' };
  const env = { ...shell.environment, ...own, ...more };
  return run(['sh', join(folder, 'sallyport-endpoint/wait.sh')], { cwd: folder, env });
}
