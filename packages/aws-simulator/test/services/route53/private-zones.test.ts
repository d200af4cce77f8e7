// Private hosted zones and their VPCs, also across accounts and beside private names of endpoints.

import { ModifyVpcEndpointCommand } from '@aws-sdk/client-ec2';
import {
  AssociateVPCWithHostedZoneCommand as Associate,
  CreateVPCAssociationAuthorizationCommand as Authorize,
  DeleteVPCAssociationAuthorizationCommand as Deauthorize,
  DisassociateVPCFromHostedZoneCommand as Disassociate,
  GetHostedZoneCommand as GetZone,
  ListHostedZonesByVPCCommand as ListByVpc,
  TestDNSAnswerCommand as TestAnswer,
  type VPC,
} from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, startLab, VENDOR } from '../../lab.ts';
import { accept, connect, offerService, verifyPrivateDns } from '../../scenes.ts';
import { newZone, settle, shareZone, vpcOf } from './zones.ts';

async function vpcsOf(lab: Lab, Id: string): Promise<VPC[] | undefined> {
  return (await lab.as(CUSTOMER).route53.send(new GetZone({ Id }))).VPCs;
}

async function zonesIn(lab: Lab, { VPCId, VPCRegion }: VPC, account = CUSTOMER) {
  const list = new ListByVpc({ VPCId, VPCRegion });
  const { HostedZoneSummaries = [] } = await lab.as(account).route53.send(list);
  return HostedZoneSummaries.map(({ Name, Owner }) => ({ Name, ...Owner }));
}

test('when a VPC of another account joins, its owner does it, once it is authorized', async () => {
  const lab = await startLab();
  const vpc = await vpcOf(lab);
  const stranger = await vpcOf(lab, OTHER_CUSTOMER);
  const { Id: HostedZoneId } = await newZone(lab, 'inner.example', { vpc });
  const join = new Associate({ HostedZoneId, VPC: stranger });
  const asOther = () => lab.as(OTHER_CUSTOMER).route53.send(join);
  expect((await failure(asOther())).code).toBe('NotAuthorizedException');
  await lab.as(CUSTOMER).route53.send(new Authorize({ HostedZoneId, VPC: stranger }));
  // The authorization is for the owner of the VPC: neither the zone's owner nor a third one may.
  const asOwner = await failure(lab.as(CUSTOMER).route53.send(join));
  expect(asOwner).toEqual({
    code: 'NotAuthorizedException',
    message: `The VPC: ${stranger.VPCId} has not authorized to associate with your hosted zone.`,
  });
  expect((await failure(lab.as(VENDOR).route53.send(join))).code).toBe('InvalidVPCId');
  expect((await asOther()).ChangeInfo?.Status).toBe('PENDING');
  expect(await vpcsOf(lab, HostedZoneId)).toEqual([vpc, stranger]);
  expect((await failure(asOther())).code).toBe('ConflictingDomainExists');
});

test('when an authorization is taken back, the association stays', async () => {
  const lab = await startLab();
  const vpc = await vpcOf(lab);
  const stranger = await vpcOf(lab, OTHER_CUSTOMER);
  const { Id: zoneId } = await newZone(lab, 'inner.example', { vpc });
  await shareZone(lab, { zoneId, owner: CUSTOMER }, { vpc: stranger, account: OTHER_CUSTOMER });
  settle(lab);
  const named = { HostedZoneId: zoneId, VPC: stranger };
  await lab.as(CUSTOMER).route53.send(new Deauthorize(named));
  expect(await zonesIn(lab, stranger, OTHER_CUSTOMER)).toEqual([
    { Name: 'inner.example.', OwningAccount: CUSTOMER },
  ]);
  await lab.as(OTHER_CUSTOMER).route53.send(new Disassociate(named));
  settle(lab);
  expect(await zonesIn(lab, stranger, OTHER_CUSTOMER)).toEqual([]);
  const again = lab.as(OTHER_CUSTOMER).route53.send(new Associate(named));
  expect((await failure(again)).code).toBe('NotAuthorizedException');
});

test('when the owner of the zone sends a VPC away, it goes; a third account cannot', async () => {
  const lab = await startLab();
  const vpc = await vpcOf(lab);
  const stranger = await vpcOf(lab, OTHER_CUSTOMER);
  const { Id: zoneId } = await newZone(lab, 'inner.example', { vpc });
  await shareZone(lab, { zoneId, owner: CUSTOMER }, { vpc: stranger, account: OTHER_CUSTOMER });
  const leave = new Disassociate({ HostedZoneId: zoneId, VPC: stranger });
  expect((await failure(lab.as(VENDOR).route53.send(leave))).code).toBe('NoSuchHostedZone');
  await lab.as(CUSTOMER).route53.send(leave);
  expect(await vpcsOf(lab, zoneId)).toEqual([vpc]);
  expect((await failure(lab.as(CUSTOMER).route53.send(leave))).code).toBe('VPCAssociationNotFound');
});

test('when names are the same in one VPC they conflict, overlapping ones do not', async () => {
  const lab = await startLab();
  const vpc = await vpcOf(lab);
  const far = await vpcOf(lab, CUSTOMER, 'eu-west-1');
  await newZone(lab, 'inner.example', { vpc });
  await newZone(lab, 'deep.inner.example', { vpc });
  const { Id: twin } = await newZone(lab, 'inner.example', { vpc: far });
  const join = new Associate({ HostedZoneId: twin, VPC: vpc });
  expect(await failure(lab.as(CUSTOMER).route53.send(join))).toEqual({
    code: 'ConflictingDomainExists',
    message:
      `The VPC that you chose, ${vpc.VPCId} in region us-east-1, is already associated with ` +
      'another private hosted zone that has an overlapping name space, inner.example..',
  });
});

test('when an endpoint has its private name on, a zone of that name is in its way', async () => {
  const lab = await startLab();
  const vpc = await vpcOf(lab);
  const service = await offerService(lab, { PrivateDnsName: 'api.vendor.example' });
  await verifyPrivateDns(lab, service.id);
  const { VpcEndpointId = '' } = await connect(lab, service);
  await accept(lab, service, VpcEndpointId);
  const enable = { VpcEndpointId, PrivateDnsEnabled: true };
  await lab.as(CUSTOMER).ec2.send(new ModifyVpcEndpointCommand(enable));
  lab.advance(lab.simulator.world.delays.endpointModified);
  expect((await failure(newZone(lab, 'api.vendor.example', { vpc }))).code).toBe(
    'ConflictingDomainExists',
  );
  await newZone(lab, 'vendor.example', { vpc });
  expect(await zonesIn(lab, vpc)).toEqual([
    { Name: 'vendor.example.', OwningAccount: CUSTOMER },
    { Name: 'api.vendor.example.', OwningService: 'vpce.amazonaws.com' },
  ]);
});

test('when somebody asks for the zones of a VPC that is not theirs, it is denied', async () => {
  const lab = await startLab();
  const stranger = await vpcOf(lab, OTHER_CUSTOMER);
  expect(await failure(zonesIn(lab, stranger))).toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining('is not owned by you'),
  });
});

test('when a private zone is asked like a public one, it has no name servers to ask', async () => {
  const lab = await startLab();
  const { Id: HostedZoneId } = await newZone(lab, 'inner.example', { vpc: await vpcOf(lab) });
  const ask = new TestAnswer({ HostedZoneId, RecordName: 'inner.example', RecordType: 'SOA' });
  expect((await failure(lab.as(CUSTOMER).route53.send(ask))).code).toBe('InvalidInput');
  const zone = lab.simulator.world.hostedZones.get(HostedZoneId.replace('/hostedzone/', ''));
  expect(zone?.nameServers).toContain('ns-1536.awsdns-00.co.uk');
});
