// Faults that can do nothing to a call leave it alone, and are not used up by it.

import {
  AcceptVpcEndpointConnectionsCommand,
  DescribeVpcEndpointsCommand,
  ModifyVpcEndpointServicePermissionsCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, type Lab, startWiredLab, VENDOR } from '../lab.ts';
import { connect, offerService } from '../scenes.ts';

function counts(lab: Lab) {
  return lab.simulator.simulation.faults.list().map(({ matched, struck }) => ({ matched, struck }));
}

test('when a read is to be stale, calls that change things do not use the fault up', async () => {
  const lab = await startWiredLab();
  const service = await offerService(lab);
  lab.simulator.setFault({ name: 'stale', times: 1, staleMs: 1000, match: { service: 'ec2' } });
  lab.advance(5000);
  const network = lab.simulator.world.subnets.size;
  expect(network).toBeGreaterThan(0);
  const principals = { ServiceId: service.id, AddAllowedPrincipals: ['*'] };
  await lab.as(VENDOR).ec2.send(new ModifyVpcEndpointServicePermissionsCommand(principals));
  expect(counts(lab)).toEqual([{ matched: 0, struck: 0 }]);
  await lab.as(CUSTOMER).ec2.send(new DescribeVpcEndpointsCommand({}));
  expect(counts(lab)).toEqual([{ matched: 1, struck: 1 }]);
});

test('when an item is to fail, calls without that item do not use the fault up', async () => {
  const lab = await startWiredLab();
  const service = await offerService(lab);
  const [first, second] = [await connect(lab, service), await connect(lab, service)];
  const ids = [second.VpcEndpointId ?? ''];
  lab.simulator.setFault({ name: 'item', times: 1, items: { code: 'InternalError', ids } });
  const accept = async (VpcEndpointIds: string[]) => {
    const input = { ServiceId: service.id, VpcEndpointIds };
    const { Unsuccessful } = await lab
      .as(VENDOR)
      .ec2.send(new AcceptVpcEndpointConnectionsCommand(input));
    return Unsuccessful?.map(({ ResourceId }) => ResourceId);
  };
  await lab.as(CUSTOMER).ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: ids }));
  expect(await accept([first.VpcEndpointId ?? ''])).toEqual([]);
  expect(counts(lab)).toEqual([{ matched: 0, struck: 0 }]);
  expect(await accept(ids)).toEqual(ids);
  expect(counts(lab)).toEqual([{ matched: 1, struck: 1 }]);
});

test('when a fault does nothing at all, it counts the calls that it matches', async () => {
  const lab = await startWiredLab();
  lab.simulator.setFault({ name: 'count', match: { action: 'DescribeVpcEndpoints' } });
  await lab.as(CUSTOMER).ec2.send(new DescribeVpcEndpointsCommand({}));
  expect(counts(lab)).toEqual([{ matched: 1, struck: 1 }]);
});
