// What Terraform sends, in its order, by hand: an endpoint without private DNS, the wait of the
// module over HTTP, and only then the name. tools.test.ts plays the same with Terraform itself.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { join } from 'node:path';
import { openStage, privateName, run, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage?.close());

interface Endpoint {
  id: string;
  state: string | undefined;
  hasName: boolean | undefined;
}

it('when an endpoint is made as Terraform makes it, the module waits, and the name is on', async () => {
  const { folder } = await stage.setup({ format: 'terraform', vpc_id: stage.vpcId });
  const id = await make();
  expect(await named(id)).toEqual({ id, state: expect.any(String), hasName: false });
  const waited = await wait(folder, id);
  expect(waited).toEqual({ code: 0, signal: null, output: '' });
  expect((await named(id)).state).toBe('available');
  await stage.ec2.modifyVpcEndpoint({ VpcEndpointId: id, PrivateDnsEnabled: true });
  await expect.poll(() => named(id)).toEqual({ id, state: 'available', hasName: true });
  const { VpcEndpoints } = await stage.ec2.describeVpcEndpoints({ VpcEndpointIds: [id] });
  const names = VpcEndpoints![0]!.DnsEntries!.map(({ DnsName }) => DnsName);
  expect(names).toContain(privateName);
}, 60_000);

it('when the vendor rejects it, the module fails at once and says why', async () => {
  const { folder } = await stage.setup({ format: 'terraform', vpc_id: stage.vpcId });
  const id = await make();
  await stage.ops.until<{ state: string }>(
    `/v1/connections/${id}?wait=25s&wait_for=available`,
    ({ state }) => state === 'available',
  );
  const why = { reason: 'Not this one.' };
  await stage.ops.send('POST', `/v1/connections/${id}/reject`, why);
  await stage.ops.until<{ state: string }>(
    `/v1/connections/${id}?wait=25s&wait_for=rejected`,
    ({ state }) => state === 'rejected',
  );
  const { code, output } = await wait(folder, id);
  expect([code, output]).toEqual([1, expect.stringContaining('rejected')]);
  expect(output).toContain('Not this one');
}, 60_000);

it('when nobody knows the endpoint, it waits no longer than it may', async () => {
  const { folder } = await stage.setup({ format: 'terraform', vpc_id: stage.vpcId });
  const { code, output } = await wait(folder, 'vpce-0123456789abcdef0', { WAIT_SECONDS: '0' });
  expect([code, output]).toEqual([1, expect.stringContaining('not let in yet')]);
}, 60_000);

it('when the key is not one, it does not wait, and does not tell the key', async () => {
  const { folder } = await stage.setup({ format: 'terraform', vpc_id: stage.vpcId });
  const SALLYPORT_API_KEY = 'sallyport_customer_wrong';
  const { code, output } = await wait(folder, 'vpce-0123456789abcdef0', { SALLYPORT_API_KEY });
  expect([code, output]).toEqual([1, expect.stringContaining('refuses (401)')]);
  expect(output).not.toContain(SALLYPORT_API_KEY);
});

it('when there is no key, it says what to export', async () => {
  const { folder } = await stage.setup({ format: 'terraform', vpc_id: stage.vpcId });
  const { code, output } = await wait(folder, 'vpce-1', { SALLYPORT_API_KEY: '' });
  expect([code, output]).toEqual([expect.any(Number), expect.stringContaining('export it')]);
  expect(code).not.toBe(0);
});

async function make(): Promise<string> {
  const { Subnets } = await stage.ec2.describeSubnets({});
  const { VpcEndpoint } = await stage.ec2.createVpcEndpoint({
    VpcEndpointType: 'Interface',
    ServiceName: `com.amazonaws.vpce.us-east-1.${stage.serviceId}`,
    VpcId: stage.vpcId,
    SubnetIds: [Subnets![0]!.SubnetId!],
    PrivateDnsEnabled: false,
  });
  return VpcEndpoint!.VpcEndpointId!;
}

async function named(id: string): Promise<Endpoint> {
  const { VpcEndpoints } = await stage.ec2.describeVpcEndpoints({ VpcEndpointIds: [id] });
  const { State, PrivateDnsEnabled } = VpcEndpoints![0]!;
  return { id, state: State, hasName: PrivateDnsEnabled };
}

function wait(folder: string, id: string, more: Record<string, string> = {}) {
  const own = { SALLYPORT_URL: stage.apiUrl, VPC_ENDPOINT_ID: id, WAIT_SECONDS: '30' };
  const env = { ...stage.environment, ...own, ...more };
  return run(['sh', join(folder, 'sallyport-endpoint/wait.sh')], { cwd: folder, env });
}
