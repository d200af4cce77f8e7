// The provider's connections: accept and reject item by item, in every state, and lists that are
// longer than a page and come from many accounts.

import {
  AcceptVpcEndpointConnectionsCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DeleteVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointConnectionsCommand,
  type DescribeVpcEndpointConnectionsCommandInput,
  DescribeVpcEndpointsCommand,
  ModifyVpcEndpointServiceConfigurationCommand,
  paginateDescribeVpcEndpointConnections,
  RejectVpcEndpointConnectionsCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, startLab, VENDOR } from '../../lab.ts';
import {
  accept,
  allow,
  connect,
  connectionsOf,
  endpointNow,
  loadBalancerArn,
  networkOf,
  offerService,
  type Service,
} from '../../scenes.ts';

const DAY = 24 * 3600_000;

async function decide(lab: Lab, verb: 'accept' | 'reject', service: Service, ...ids: string[]) {
  const target = { ServiceId: service.id, VpcEndpointIds: ids };
  const { ec2 } = lab.as(VENDOR);
  const { Unsuccessful } = await (verb === 'accept'
    ? ec2.send(new AcceptVpcEndpointConnectionsCommand(target))
    : ec2.send(new RejectVpcEndpointConnectionsCommand(target)));
  return (Unsuccessful ?? []).map(({ ResourceId, Error: error }) => [ResourceId, error?.Code]);
}

async function found(lab: Lab, input: DescribeVpcEndpointConnectionsCommandInput) {
  const { VpcEndpointConnections } = await lab
    .as(VENDOR)
    .ec2.send(new DescribeVpcEndpointConnectionsCommand(input));
  return (VpcEndpointConnections ?? []).map(({ VpcEndpointId }) => VpcEndpointId);
}

test('when some endpoints cannot be accepted, the others are', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const other = await offerService(lab, {
    NetworkLoadBalancerArns: [loadBalancerArn(lab, 'api-2')],
  });
  const { VpcEndpointId: mine = '' } = await connect(lab, service);
  const { VpcEndpointId: others = '' } = await connect(lab, other);
  const unknown = 'vpce-0123456789abcdef0';
  expect(await decide(lab, 'accept', service, unknown, 'vpce-xyz', others, mine)).toEqual([
    [unknown, 'InvalidVpcEndpointId.NotFound'],
    ['vpce-xyz', 'InvalidVpcEndpointId.Malformed'],
    [others, 'InvalidVpcEndpointId.NotFound'],
  ]);
  expect((await endpointNow(lab, mine))?.State).toBe('pending');
  expect((await endpointNow(lab, others))?.State).toBe('pendingAcceptance');
});

test('when the service is not the caller’s, the whole call fails', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  const target = { ServiceId: service.id, VpcEndpointIds: [id] };
  for (const who of [CUSTOMER, OTHER_CUSTOMER]) {
    const call = lab.as(who).ec2.send(new AcceptVpcEndpointConnectionsCommand(target));
    expect((await failure(call)).code).toBe('InvalidVpcEndpointServiceId.NotFound');
  }
  expect((await endpointNow(lab, id))?.State).toBe('pendingAcceptance');
});

test('when a connection is decided twice, the second time changes nothing', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  await accept(lab, service, id);
  expect(await decide(lab, 'accept', service, id)).toEqual([]);
  expect((await endpointNow(lab, id))?.State).toBe('available');
  expect(await decide(lab, 'reject', service, id)).toEqual([]);
  expect(await decide(lab, 'reject', service, id)).toEqual([]);
  expect(await decide(lab, 'accept', service, id)).toEqual([[id, 'InvalidState']]);
  lab.advance(DAY);
  expect((await endpointNow(lab, id))?.State).toBe('rejected');
});

test('when it is rejected while pending, it never becomes available', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: false });
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  expect(await decide(lab, 'reject', service, id)).toEqual([]);
  lab.advance(DAY);
  expect((await endpointNow(lab, id))?.State).toBe('rejected');
});

test('when knobs are turned, repeated and late decisions go the other way', async () => {
  const lab = await startLab({
    knobs: {
      repeatedDecision: 'fails',
      acceptAfterReject: 'reconnects',
      wrongStateCode: 'IncorrectState',
      rejectedBlocksDeletion: true,
    },
  });
  const service = await offerService(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  await accept(lab, service, id);
  expect(await decide(lab, 'accept', service, id)).toEqual([[id, 'IncorrectState']]);
  expect(await decide(lab, 'reject', service, id)).toEqual([]);
  expect(await decide(lab, 'reject', service, id)).toEqual([[id, 'IncorrectState']]);
  expect(await decide(lab, 'accept', service, id)).toEqual([]);
  expect((await endpointNow(lab, id))?.State).toBe('pending');
});

test('when nobody decides for a week, the request expires and cannot be accepted', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  lab.advance(7 * DAY - 1);
  expect((await endpointNow(lab, id))?.State).toBe('pendingAcceptance');
  lab.advance(1);
  expect((await endpointNow(lab, id))?.State).toBe('expired');
  expect(await decide(lab, 'accept', service, id)).toEqual([[id, 'InvalidState']]);
});

test('when the endpoint is deleted, neither decision works', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  await lab.as(CUSTOMER).ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  expect(await decide(lab, 'accept', service, id)).toEqual([[id, 'InvalidState']]);
  expect(await decide(lab, 'reject', service, id)).toEqual([[id, 'InvalidState']]);
});

test('when acceptance is turned off, waiting requests wait, or not, by a knob', async () => {
  for (const acceptanceOffAcceptsWaiting of [false, true]) {
    const lab = await startLab({ knobs: { acceptanceOffAcceptsWaiting } });
    const service = await offerService(lab);
    const { VpcEndpointId: id = '' } = await connect(lab, service);
    const off = { ServiceId: service.id, AcceptanceRequired: false };
    await lab.as(VENDOR).ec2.send(new ModifyVpcEndpointServiceConfigurationCommand(off));
    const state = acceptanceOffAcceptsWaiting ? 'pending' : 'pendingAcceptance';
    expect((await endpointNow(lab, id))?.State).toBe(state);
  }
});

test('when filters are given, values are alternatives and filters must all match', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  await allow(lab, service.id, [`arn:aws:iam::${OTHER_CUSTOMER}:root`]);
  const { VpcEndpointId: a = '' } = await connect(lab, service);
  const { VpcEndpointId: b = '' } = await connect(lab, service);
  const { VpcEndpointId: c = '' } = await connect(lab, service, {}, OTHER_CUSTOMER);
  await decide(lab, 'accept', service, a);
  const by = (...filters: [string, ...string[]][]) =>
    found(lab, { Filters: filters.map(([Name, ...Values]) => ({ Name, Values })) });
  expect(await by(['vpc-endpoint-owner', CUSTOMER])).toEqual([a, b]);
  expect(await by(['vpc-endpoint-state', 'pending', 'pendingAcceptance'])).toEqual([a, b, c]);
  expect(await by(['vpc-endpoint-state', 'pendingA*'])).toEqual([b, c]);
  expect(await by(['vpc-endpoint-state', 'PENDING'])).toEqual([]);
  expect(await by(['vpc-endpoint-owner', '?22*'], ['vpc-endpoint-state', 'pending'])).toEqual([a]);
  expect(await by(['vpc-endpoint-owner', '\\?22*'])).toEqual([]);
  expect(await by(['service-id', service.id], ['vpc-endpoint-id', c])).toEqual([c]);
  expect(await by(['vpc-endpoint-region', 'cross-region'])).toEqual([]);
  expect(await failure(by(['vpc-id', 'vpc-1']))).toEqual({
    code: 'InvalidFilter',
    message: "The filter 'vpc-id' is invalid",
  });
  const strict = await startLab({ knobs: { connectionsByEndpointId: 'refused' } });
  const refused = found(strict, { Filters: [{ Name: 'vpc-endpoint-id', Values: [c] }] });
  expect((await failure(refused)).code).toBe('InvalidFilter');
});

test('when many accounts connect, each sees its own and the vendor sees all', async () => {
  const lab = await startLab();
  const service = await offerService(lab, {}, ['*']);
  const accounts = Array.from({ length: 30 }, (_, i) => String(500_000_000_000 + i));
  const ids: string[] = [];
  for (const account of accounts) {
    lab.simulator.addAccount({ id: account, vpcs: [{ region: 'us-east-1' }] });
    const { VpcEndpointId = '' } = await connect(lab, service, {}, account);
    ids.push(VpcEndpointId);
  }
  for (const [index, account] of accounts.entries()) {
    const own = await lab.as(account).ec2.send(new DescribeVpcEndpointsCommand({}));
    expect(own.VpcEndpoints?.map(({ VpcEndpointId }) => VpcEndpointId)).toEqual([ids[index]]);
    const other = endpointNow(lab, ids.at(index - 1) ?? '', account);
    expect((await failure(other)).code).toBe('InvalidVpcEndpointId.NotFound');
  }
  const seen = await connectionsOf(lab, service.id);
  expect(seen.map(({ VpcEndpointId }) => VpcEndpointId)).toEqual(ids);
  expect(seen.map(({ VpcEndpointOwner }) => VpcEndpointOwner)).toEqual(accounts);
});

test('when there are more than a thousand connections, every page is read once', async () => {
  const lab = await startLab({ quotas: { endpointsPerVpc: 2000 } });
  const service = await offerService(lab);
  const { vpcId } = await networkOf(lab);
  const { ec2 } = lab.as(CUSTOMER);
  const input = { VpcId: vpcId, VpcEndpointType: 'Interface', ServiceName: service.name } as const;
  const ids: (string | undefined)[] = [];
  for (let i = 0; i < 1005; i += 1) {
    ids.push((await ec2.send(new CreateVpcEndpointCommand(input))).VpcEndpoint?.VpcEndpointId);
  }
  const seen: (string | undefined)[] = [];
  const pages: number[] = [];
  const paged = { client: lab.as(VENDOR).ec2 };
  for await (const page of paginateDescribeVpcEndpointConnections(paged, {})) {
    pages.push(page.VpcEndpointConnections?.length ?? 0);
    seen.push(...(page.VpcEndpointConnections ?? []).map(({ VpcEndpointId }) => VpcEndpointId));
  }
  expect(pages).toEqual([1000, 5]);
  expect(seen).toEqual(ids);
});

test('when something is deleted between two pages, nothing is skipped or doubled', async () => {
  const lab = await startLab({ quotas: { endpointsPerVpc: 100 } });
  const service = await offerService(lab);
  const ids: string[] = [];
  for (let i = 0; i < 12; i += 1) {
    ids.push((await connect(lab, service, { SubnetIds: [] })).VpcEndpointId ?? '');
  }
  const { ec2 } = lab.as(VENDOR);
  const first = await ec2.send(new DescribeVpcEndpointConnectionsCommand({ MaxResults: 5 }));
  await lab
    .as(CUSTOMER)
    .ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: ids.slice(0, 2) }));
  lab.advance(60_000);
  const second = await found(lab, { MaxResults: 5, NextToken: first.NextToken });
  expect(second).toEqual(ids.slice(5, 10));
});

test('when the service is being deleted, nothing reconnects to it', async () => {
  const lab = await startLab({ knobs: { acceptAfterReject: 'reconnects' } });
  const service = await offerService(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  await decide(lab, 'reject', service, id);
  const ServiceIds = [service.id];
  await lab.as(VENDOR).ec2.send(new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds }));
  expect(await decide(lab, 'accept', service, id)).toEqual([[id, 'InvalidState']]);
  expect((await endpointNow(lab, id))?.State).toBe('rejected');
});

test('when a page is asked for wrongly, it is refused', async () => {
  const lab = await startLab({ quotas: { endpointsPerVpc: 100 } });
  const service = await offerService(lab);
  for (let i = 0; i < 6; i += 1) await connect(lab, service, { SubnetIds: [] });
  const { ec2 } = lab.as(VENDOR);
  const { NextToken } = await ec2.send(
    new DescribeVpcEndpointConnectionsCommand({ MaxResults: 5 }),
  );
  const Filters = [{ Name: 'service-id', Values: [service.id] }];
  expect(await found(lab, { NextToken })).toHaveLength(1);
  const cases: [DescribeVpcEndpointConnectionsCommandInput, string][] = [
    [{ MaxResults: 4 }, 'InvalidParameterValue'],
    [{ NextToken: 'abc' }, 'InvalidNextToken'],
    [{ NextToken: `${NextToken}!` }, 'InvalidNextToken'],
    [{ NextToken, Filters }, 'InvalidNextToken'],
  ];
  for (const [input, code] of cases) {
    expect((await failure(found(lab, input))).code).toBe(code);
  }
  const elsewhere = lab
    .as(CUSTOMER)
    .ec2.send(new DescribeVpcEndpointConnectionsCommand({ NextToken }));
  expect((await failure(elsewhere)).code).toBe('InvalidNextToken');
  expect(await connectionsOf(lab, service.id)).toHaveLength(6);
});
