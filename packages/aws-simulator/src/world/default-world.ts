// The world that is there when nobody describes another one.

import type { AccountSpec, WorldSpec } from './world-spec.ts';

/** The vendor and two customers, in us-east-1 and eu-west-1. */
export function defaultWorldSpec(): WorldSpec {
  return {
    accounts: [
      vendor('111111111111'),
      { ...customer('222222222222'), roles: [{ name: 'network' }, { name: 'intern' }] },
      customer('333333333333'),
    ],
  };
}

function vendor(id: string): AccountSpec {
  return {
    id,
    users: [
      { name: 'terraform', accessKeyId: 'AKIATERRAFORM2222222', secret: 'simulator-terraform' },
    ],
    roles: [{ name: 'sallyport', externalId: 'sallyport', externalIdRequired: false }],
    hostedZones: ['vendor.example'],
    loadBalancers: [
      { name: 'api-1', region: 'us-east-1' },
      { name: 'api-2', region: 'us-east-1' },
      // Two of three zones, so that there is one it does not serve.
      { name: 'api-eu', region: 'eu-west-1', zoneIds: ['euw1-az1', 'euw1-az2'] },
    ],
  };
}

function customer(id: string): AccountSpec {
  return {
    id,
    vpcs: [
      { region: 'us-east-1', cidr: '10.20.0.0/16' },
      { region: 'eu-west-1', cidr: '10.30.0.0/16' },
    ],
  };
}
