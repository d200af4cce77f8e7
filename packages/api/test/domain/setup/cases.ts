// A grid of customers: what each says of its network, and what the vendor's side knows.

import type { SetupModel } from '../../../src/domain/setup/model.ts';

const named: SetupModel = {
  name: 'sallyport-example-api',
  title: 'Example API',
  customerName: 'Acme Inc',
  accountId: '222222222222',
  vendorAccountId: '111111111111',
  partition: 'aws',
  region: 'us-east-1',
  serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718',
  serviceId: 'vpce-svc-0a1b2c3d4e5f60718',
  serviceRegion: null,
  zoneIds: ['use1-az1', 'use1-az2'],
  availabilityZoneIds: [],
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
  securityGroupIds: [],
  clientCidrs: ['10.0.0.0/16'],
  ports: [443],
  dns: 'endpoint',
  dnsVpcIds: [],
  profileId: null,
  privateDnsName: 'api.vendor.example',
  acceptance: 'automatic',
  roleNames: [],
  sallyportUrl: 'https://sallyport.vendor.example',
  proofRole: null,
};
const unsaid = { vpcId: null, subnetIds: [], clientCidrs: [] };
const proofRole = {
  roleName: 'sallyport-proof',
  trustedPrincipal: 'arn:aws:iam::111111111111:role/Sallyport',
  externalId: 'sallyport-cus_01kaqy0v5ne4rvk3z4m5t6w7x8',
};

/** Words that mean something else in at least one of the languages. */
export const hostile = [
  'a"b\'c`d',
  '${var.x} %{ if true } $(id) `id` $HOME',
  '# not a heading',
  '<script>alert(1)</script> [x](javascript:y) | * _',
  "'; rm -rf / #\n'; exit\r\nEND",
  '*/ // --> ]]> : - ! & @ \\ \u2028 \u0085 \u0000',
].join(' ');

export const cases: Record<string, SetupModel> = {
  'all known': named,
  'nothing known': { ...named, ...unsaid, proofRole },
  'another region': {
    ...named,
    region: 'eu-west-1',
    serviceRegion: 'us-east-1',
    zoneIds: [],
    ports: [443, 8443],
  },
  'a hub': {
    ...named,
    dns: 'hosted-zone',
    dnsVpcIds: ['vpc-0f1e2d3c4b5a69788'],
    privateDnsName: '*.api.vendor.example',
    securityGroupIds: ['sg-0a1b2c3d4e5f60718'],
    acceptance: 'manual',
  },
  'a profile': { ...named, ...unsaid, dns: 'profile', roleNames: ['Network'] },
  'a profile that is known': { ...named, dns: 'profile', profileId: 'rp-4987774726example' },
  'no name': { ...named, dns: 'none', proofRole },
  'hostile words': { ...named, title: hostile, customerName: hostile },
};
