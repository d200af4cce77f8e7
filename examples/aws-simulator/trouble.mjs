// Time and trouble: what can be done to the code under test, one after the other.

import { EC2 } from '@aws-sdk/client-ec2';

const endpoint = process.env.SIMULATOR ?? 'http://127.0.0.1:4566';
const ec2 = (account, more = {}) =>
  new EC2({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: account, secretAccessKey: 'simulator' },
    ...more,
  });

async function admin(method, path, body) {
  const headers = { 'content-type': 'application/json' };
  const url = `${endpoint}/_simulator/${path}`;
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

// Begin anew, whatever was before.
await admin('POST', 'reset');

// A service that allows the customer, as the story makes one.
const vendor = ec2('111111111111');
const customer = ec2('222222222222');
const { load_balancers: balancers } = await admin('GET', 'load-balancers');
const { ServiceConfiguration: service } = await vendor.createVpcEndpointServiceConfiguration({
  NetworkLoadBalancerArns: [balancers[0].arn],
});
const { ServiceId, ServiceName } = service;
const principal = 'arn:aws:iam::222222222222:root';
await vendor.modifyVpcEndpointServicePermissions({
  ServiceId,
  AddAllowedPrincipals: [principal],
});
const { Subnets } = await customer.describeSubnets();
const network = { VpcId: Subnets[0].VpcId, SubnetIds: [Subnets[0].SubnetId] };
const wanted = { VpcEndpointType: 'Interface', ServiceName, ...network };
const endpoints = async () => (await customer.describeVpcEndpoints()).VpcEndpoints;
const connections = async () =>
  (await vendor.describeVpcEndpointConnections()).VpcEndpointConnections;

// Time. Nobody accepts for a week, which takes no time at all.
await customer.createVpcEndpoint(wanted);
await admin('POST', 'clock', { advanceMs: 7 * 24 * 60 * 60 * 1000 });
console.log('after a week:', (await endpoints())[0].State);

// An answer that is lost: the endpoint is made, and the connection breaks. The SDK tries again and,
// thanks to the token, gets the endpoint that is there. And a stale read: the vendor's list is of a
// minute ago. The simulator remembers what was from the moment on in which such a fault is set.
const isCreate = { action: 'CreateVpcEndpoint' };
const isList = { action: 'DescribeVpcEndpointConnections' };
await admin('POST', 'faults', { name: 'lost', match: isCreate, times: 1, answer: 'reset' });
await admin('POST', 'faults', { name: 'stale', match: isList, times: 1, staleMs: 60_000 });
const { VpcEndpoint: made } = await customer.createVpcEndpoint({ ...wanted, ClientToken: 'a' });
console.log('after a lost answer:', (await endpoints()).length, 'endpoints');
console.log('a stale list has', (await connections()).length);
console.log('the next one has', (await connections()).length);

// A batch in which an item fails. The call itself succeeds.
const isAccept = { action: 'AcceptVpcEndpointConnections' };
const items = { code: 'InternalError' };
await admin('POST', 'faults', { name: 'item', match: isAccept, times: 1, items });
const decision = { ServiceId, VpcEndpointIds: [made.VpcEndpointId] };
const { Unsuccessful } = await vendor.acceptVpcEndpointConnections(decision);
console.log('an item fails:', Unsuccessful[0].Error.Code);

// A colleague, who changes things by hand while your code looks elsewhere.
await admin('POST', 'console', {
  account: '111111111111',
  action: 'ModifyVpcEndpointServicePermissions',
  input: { ServiceId, RemoveAllowedPrincipals: [principal] },
});
const allowed = await vendor.describeVpcEndpointServicePermissions({ ServiceId });
console.log('after the colleague:', allowed.AllowedPrincipals.length, 'principals');

// Throttling with AWS's own rates, all tokens spent. They come back with time, so it stands still.
await admin('PUT', 'throttling', { throttling: 'aws' });
await vendor.describeVpcs();
await admin('POST', 'clock', { stopped: true });
await admin('POST', 'throttling/drain');
const impatient = ec2('111111111111', { maxAttempts: 1 });
try {
  await impatient.describeVpcs();
} catch (error) {
  console.log('throttled:', error.name);
}

// What your code has really asked of AWS.
const { mutating } = await admin('GET', 'calls/summary');
console.log('calls that could change AWS:', mutating);
await admin('POST', 'reset');
