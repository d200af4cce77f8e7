// Pages with nothing in them that are not the last.

import {
  DescribeVpcEndpointConnectionsCommand,
  DescribeVpcEndpointServicesCommand,
  paginateDescribeVpcEndpointServicePermissions,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, OTHER_CUSTOMER, startLab, VENDOR } from '../../lab.ts';
import { connect, offerService } from '../../scenes.ts';

const knobs = { emptyPages: true };

test('when pages may be empty, a filtered list begins with none and a token', async () => {
  const lab = await startLab({ knobs });
  const service = await offerService(lab);
  const { VpcEndpointId: id } = await connect(lab, service);
  const { ec2 } = lab.as(VENDOR);
  const Filters = [{ Name: 'service-id', Values: [service.id] }];
  const first = await ec2.send(new DescribeVpcEndpointConnectionsCommand({ Filters }));
  expect(first.VpcEndpointConnections).toEqual([]);
  const { NextToken = '' } = first;
  expect(NextToken).not.toBe('');
  const second = await ec2.send(new DescribeVpcEndpointConnectionsCommand({ Filters, NextToken }));
  expect(second.VpcEndpointConnections?.map(({ VpcEndpointId }) => VpcEndpointId)).toEqual([id]);
  expect(second.NextToken).toBeUndefined();
});

test('when pages may be empty, who follows the tokens misses nothing', async () => {
  const lab = await startLab({ knobs });
  const principals = [CUSTOMER, OTHER_CUSTOMER].map((account) => `arn:aws:iam::${account}:root`);
  const { id: ServiceId } = await offerService(lab, {}, principals);
  const Filters = [{ Name: 'principal-type', Values: ['Account'] }];
  const client = lab.as(VENDOR).ec2;
  const pages: string[][] = [];
  for await (const { AllowedPrincipals } of paginateDescribeVpcEndpointServicePermissions(
    { client },
    { ServiceId, Filters },
  )) {
    pages.push((AllowedPrincipals ?? []).map(({ Principal = '' }) => Principal));
  }
  expect(pages).toEqual([[], principals]);

  const type = [{ Name: 'service-type', Values: ['Gateway'] }];
  const offers = (NextToken?: string) =>
    client.send(new DescribeVpcEndpointServicesCommand({ Filters: type, NextToken }));
  const begun = await offers();
  expect(begun.ServiceNames).toEqual([]);
  const rest = await offers(begun.NextToken);
  expect(rest.ServiceNames?.length).toBeGreaterThan(0);
});

test('when a list has no filters or the knob is as it is, no page is empty', async () => {
  const lab = await startLab({ knobs });
  const service = await offerService(lab);
  await connect(lab, service);
  const { ec2 } = lab.as(VENDOR);
  const all = await ec2.send(new DescribeVpcEndpointConnectionsCommand({}));
  expect(all.VpcEndpointConnections?.length).toBe(1);

  const usual = await startLab();
  const { id } = await offerService(usual);
  const Filters = [{ Name: 'service-id', Values: [id] }];
  const none = await usual
    .as(VENDOR)
    .ec2.send(new DescribeVpcEndpointConnectionsCommand({ Filters }));
  expect(none.NextToken).toBeUndefined();
});
