// Tags on services, endpoints, permissions and connections.

import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeTagsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  type Tag,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import {
  connect,
  connectionsOf,
  endpointNow,
  loadBalancerArn,
  offerService,
} from '../../scenes.ts';

async function tagsOf(lab: Lab, id: string, who = VENDOR) {
  const { Tags } = await lab
    .as(who)
    .ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [id] }] }));
  return Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

function tag(lab: Lab, who: string, ids: string[], ...tags: Tag[]) {
  return lab.as(who).ec2.send(new CreateTagsCommand({ Resources: ids, Tags: tags }));
}

test('when tags are put and removed, key alone, key and value, and none differ', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab);
  const { ec2 } = lab.as(VENDOR);
  const remove = (...tags: Tag[]) =>
    ec2.send(
      new DeleteTagsCommand({ Resources: [id], ...(tags.length > 0 ? { Tags: tags } : {}) }),
    );
  await tag(lab, VENDOR, [id], { Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }, { Key: 'c' });
  await tag(lab, VENDOR, [id], { Key: 'a', Value: '9' });
  expect(await tagsOf(lab, id)).toEqual({ a: '9', b: '2', c: '' });
  await remove({ Key: 'a', Value: '1' }, { Key: 'b', Value: '' });
  expect(await tagsOf(lab, id)).toEqual({ a: '9', b: '2', c: '' });
  await remove({ Key: 'a' }, { Key: 'c', Value: '' });
  expect(await tagsOf(lab, id)).toEqual({ b: '2' });
  await remove();
  expect(await tagsOf(lab, id)).toEqual({});
});

test('when one id or tag is bad, nothing is tagged', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab);
  const good = { Key: 'a', Value: '1' };
  const many = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}` }));
  const cases: [() => Promise<unknown>, string][] = [
    [() => tag(lab, VENDOR, [id, 'vpce-svc-1'], good), 'InvalidID'],
    [() => tag(lab, CUSTOMER, [id], good), 'InvalidID'],
    [() => tag(lab, VENDOR, [id], good, { Key: 'aws:x' }), 'InvalidParameterValue'],
    [() => tag(lab, VENDOR, [id], good, { Key: '' }), 'InvalidParameterValue'],
    [() => tag(lab, VENDOR, [id], ...many), 'TagLimitExceeded'],
  ];
  for (const [call, code] of cases) expect((await failure(call())).code).toBe(code);
  expect(await tagsOf(lab, id)).toEqual({});
});

test('when one of several resources is full, none of them is tagged', async () => {
  const lab = await startLab({ quotas: { tagsPerResource: 1 } });
  const first = await offerService(lab);
  const input = { NetworkLoadBalancerArns: [loadBalancerArn(lab, 'api-2')] };
  const full = await offerService(lab, input);
  await tag(lab, VENDOR, [full.id], { Key: 'taken' });
  const both = tag(lab, VENDOR, [first.id, full.id], { Key: 'a' });
  expect((await failure(both)).code).toBe('TagLimitExceeded');
  expect([await tagsOf(lab, first.id), await tagsOf(lab, full.id)]).toEqual([{}, { taken: '' }]);
});

test('when a connection is tagged, only the provider sees it', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  const [connection] = await connectionsOf(lab, service.id);
  await tag(lab, VENDOR, [connection?.VpcEndpointConnectionId ?? ''], { Key: 'c', Value: '1' });
  await tag(lab, CUSTOMER, [id], { Key: 'e', Value: '2' });
  expect((await connectionsOf(lab, service.id))[0]?.Tags).toEqual([{ Key: 'c', Value: '1' }]);
  expect((await endpointNow(lab, id))?.Tags).toEqual([{ Key: 'e', Value: '2' }]);
});

test('when services are filtered by tag, key and value count', async () => {
  const lab = await startLab();
  const { id } = await offerService(lab);
  await tag(lab, VENDOR, [id], { Key: 'team', Value: 'payments' });
  const by = async (Name: string, Value: string) => {
    const command = new DescribeVpcEndpointServiceConfigurationsCommand({
      Filters: [{ Name, Values: [Value] }],
    });
    return (await lab.as(VENDOR).ec2.send(command)).ServiceConfigurations?.length;
  };
  expect(await by('tag:team', 'pay*')).toBe(1);
  expect(await by('tag:team', 'search')).toBe(0);
  expect(await by('tag-key', 'team')).toBe(1);
  expect(await by('tag-key', 'owner')).toBe(0);
});
