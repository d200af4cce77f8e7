// A vendor lets a customer in and parts with it again: with the AWS SDK for JavaScript, version 3.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { EC2 } from '@aws-sdk/client-ec2';
import { Route53, waitUntilResourceRecordSetsChanged } from '@aws-sdk/client-route-53';

const endpoint = process.env.SIMULATOR ?? 'http://127.0.0.1:4566';
const settings = (account) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: account, secretAccessKey: 'simulator' },
});

async function waitFor(wanted, look) {
  const deadline = Date.now() + 60_000;
  for (let seen = await look(); seen !== wanted; seen = await look()) {
    if (Date.now() > deadline) throw new Error(`waited for ${wanted}, and it is ${seen}`);
    await sleep(100);
  }
}

const vendor = new EC2(settings('111111111111'));
const customer = new EC2(settings('222222222222'));
const route53 = new Route53(settings('111111111111'));

// 1. The vendor makes a service of a load balancer and allows the customer's account. What the
// simulator lists here is what DescribeLoadBalancers of client-elastic-load-balancing-v2 lists.
const listed = await (await fetch(`${endpoint}/_simulator/load-balancers`)).json();
const balancer = listed.load_balancers.find(({ name }) => name === 'api-1');
const { ServiceConfiguration: service } = await vendor.createVpcEndpointServiceConfiguration({
  NetworkLoadBalancerArns: [balancer.arn],
  PrivateDnsName: 'api.vendor.example',
});
const { ServiceId, ServiceName, PrivateDnsNameConfiguration: proof } = service;
await vendor.modifyVpcEndpointServicePermissions({
  ServiceId,
  AddAllowedPrincipals: ['arn:aws:iam::222222222222:root'],
});

// 2. The vendor proves that it owns the private name: a TXT record, and a verification.
const { HostedZones } = await route53.listHostedZones();
const { ChangeInfo } = await route53.changeResourceRecordSets({
  HostedZoneId: HostedZones[0].Id,
  ChangeBatch: {
    Changes: [
      {
        Action: 'UPSERT',
        ResourceRecordSet: {
          Name: `${proof.Name}.vendor.example`,
          Type: 'TXT',
          TTL: 60,
          ResourceRecords: [{ Value: `"${proof.Value}"` }],
        },
      },
    ],
  },
});
// The waiter asks every 30 seconds, unless it is told otherwise.
const patience = { client: route53, maxWaitTime: 60, minDelay: 1, maxDelay: 1 };
await waitUntilResourceRecordSetsChanged(patience, { Id: ChangeInfo.Id });
await vendor.startVpcEndpointServicePrivateDnsVerification({ ServiceId });
await waitFor('verified', async () => {
  const found = await vendor.describeVpcEndpointServiceConfigurations({ ServiceIds: [ServiceId] });
  return found.ServiceConfigurations[0].PrivateDnsNameConfiguration.State;
});
console.log('the private name is verified');

// 3. The customer sees the service and connects.
const seen = await customer.describeVpcEndpointServices({ ServiceNames: [ServiceName] });
console.log('the customer sees', seen.ServiceDetails[0].PrivateDnsName);
const { Subnets } = await customer.describeSubnets();
const { VpcEndpoint: created } = await customer.createVpcEndpoint({
  VpcEndpointType: 'Interface',
  ServiceName,
  VpcId: Subnets[0].VpcId,
  SubnetIds: [Subnets[0].SubnetId],
});
const { VpcEndpointId } = created;
const look = async () => {
  const found = await customer.describeVpcEndpoints({ VpcEndpointIds: [VpcEndpointId] });
  return found.VpcEndpoints[0];
};

// 4. The vendor sees who asks, and accepts. The SDK's type of a state is `PendingAcceptance`; what
// AWS sends, and the SDK hands on, is `pendingAcceptance`.
const { VpcEndpointConnections } = await vendor.describeVpcEndpointConnections({
  Filters: [{ Name: 'service-id', Values: [ServiceId] }],
});
const [{ VpcEndpointOwner, VpcEndpointState }] = VpcEndpointConnections;
console.log(VpcEndpointOwner, 'is', VpcEndpointState);
const decision = { ServiceId, VpcEndpointIds: [VpcEndpointId] };
assert.deepEqual((await vendor.acceptVpcEndpointConnections(decision)).Unsuccessful, []);
await waitFor('available', async () => (await look()).State);

// 5. Only now can the customer switch the private name on.
await customer.modifyVpcEndpoint({ VpcEndpointId, PrivateDnsEnabled: true });
await waitFor('available', async () => (await look()).State);
console.log('the endpoint is available as', (await look()).DnsEntries.at(-1).DnsName);

// 6. They part. As long as there are connections, the service stays.
const remove = () => vendor.deleteVpcEndpointServiceConfigurations({ ServiceIds: [ServiceId] });
console.log((await remove()).Unsuccessful[0].Error.Code);
assert.deepEqual((await vendor.rejectVpcEndpointConnections(decision)).Unsuccessful, []);
const left = await customer.deleteVpcEndpoints({ VpcEndpointIds: [VpcEndpointId] });
assert.deepEqual(left.Unsuccessful, []);
assert.deepEqual((await remove()).Unsuccessful, []);
console.log('they have parted');
