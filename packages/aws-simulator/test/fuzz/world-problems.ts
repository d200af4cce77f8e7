// What must be true of a world whatever was done to it. Each problem is a sentence; a sound world
// has none.

import type { Endpoint } from '../../src/world/privatelink/endpoint.ts';
import type { EndpointService } from '../../src/world/privatelink/endpoint-service.ts';
import type { World } from '../../src/world/world.ts';

export function worldProblems(world: World): string[] {
  return [
    ...indexProblems(world),
    ...[...world.endpoints.values()].flatMap((endpoint) => endpointProblems(world, endpoint)),
    ...serviceProblems(world),
    ...addressProblems(world),
    ...quotaProblems(world),
    ...privateNameProblems(world),
    ...zoneProblems(world),
  ];
}

function indexProblems(world: World): string[] {
  return Object.entries(world).flatMap(([name, value]) => {
    if (!isCollection(value)) return [];
    const orders = [...value.values()].map(({ order }) => order);
    const sorted = orders.every((order, index) => index === 0 || order >= (orders[index - 1] ?? 0));
    return [
      ...value.disagreements().map((problem) => `${name}: ${problem}`),
      ...(sorted ? [] : [`${name} is out of order`]),
      ...(orders.length === value.size ? [] : [`${name} lists ${orders.length} of ${value.size}`]),
    ];
  });
}

interface AnyCollection {
  readonly size: number;
  values(): Iterable<{ readonly order: number }>;
  disagreements(): string[];
}

function isCollection(value: unknown): value is AnyCollection {
  return typeof (value as Partial<AnyCollection> | undefined)?.disagreements === 'function';
}

function endpointProblems(world: World, endpoint: Endpoint): string[] {
  const { id, account, state, vpcId, connectionId } = endpoint;
  const interfaces = endpoint.networkInterfaceIds.map((eni) => world.networkInterfaces.get(eni));
  const problems = {
    'is in a VPC that does not exist': !world.vpcs.get(vpcId),
    'has an interface that does not exist': interfaces.includes(undefined),
    'has an interface of another endpoint': interfaces.some((eni) => eni && eni.endpointId !== id),
    'has an interface in another VPC': interfaces.some((eni) => eni && eni.vpcId !== vpcId),
    'has two interfaces in one zone':
      new Set(interfaces.map((eni) => eni?.zoneId)).size !== interfaces.length,
    'is deleted and has interfaces': state === 'deleted' && interfaces.length > 0,
    'is deleted and has private DNS': state === 'deleted' && endpoint.privateDns !== undefined,
    'does not share its tags with what CreateTags reaches':
      world.taggables.get(id)?.tags !== endpoint.tags,
    'does not share the tags of its connection with what CreateTags reaches':
      world.taggables.get(connectionId)?.tags !== endpoint.connectionTags,
    'belongs to an account that does not exist': !world.accounts.has(account),
  };
  return named(`The endpoint ${id}, ${state},`, problems);
}

function serviceProblems(world: World): string[] {
  return [...world.endpointServices.values()].flatMap((service) => {
    const { id, tags, permissions } = service;
    const allowed = [...permissions.values()];
    const problems = {
      'does not share its tags with what CreateTags reaches':
        world.taggables.get(id)?.tags !== tags,
      'has a permission whose tags CreateTags does not reach': allowed.some(
        (one) => world.taggables.get(one.id)?.tags !== one.tags,
      ),
      'has a permission under another principal': allowed.some(
        (one) => permissions.get(one.principal) !== one,
      ),
      'has two permissions with one id':
        new Set(allowed.map((one) => one.id)).size !== allowed.length,
    };
    return [...named(`The service ${id}`, problems), ...loadBalancerProblems(world, service)];
  });
}

// One that is being deleted has freed its load balancers, and is shown with them until it is gone.
function loadBalancerProblems(world: World, service: EndpointService): string[] {
  const { id, state, loadBalancerArns } = service;
  if (state === 'Deleting') return [];
  const found = loadBalancerArns.map((arn) => world.loadBalancers.get(arn));
  return named(`The service ${id}`, {
    'has no load balancer': found.length === 0,
    'has a load balancer that does not exist': found.includes(undefined),
    'has a load balancer that is not its own': found.some((one) => one && one.usedBy !== id),
  });
}

function addressProblems(world: World): string[] {
  const seen = new Map<string, string>();
  return [...world.networkInterfaces.values()].flatMap((eni) => {
    const { id, subnetId, address, ipv6Address } = eni;
    const subnet = world.subnets.get(subnetId);
    const endpoint = world.endpoints.get(eni.endpointId);
    const places = [address, ipv6Address].flatMap((one) => (one ? `${subnetId} ${one}` : []));
    const doubled = places.filter((place) => seen.has(place));
    for (const place of places) seen.set(place, id);
    return named(`The interface ${id}`, {
      'has no subnet': !subnet,
      'has no address': places.length === 0,
      [`has the address of ${doubled.map((place) => seen.get(place)).join()}`]: doubled.length > 0,
      'has an IPv4 address that its subnet thinks free':
        address !== undefined && !subnet?.usedAddresses.has(address),
      'has an IPv6 address that its subnet thinks free':
        ipv6Address !== undefined && !subnet?.usedIpv6Addresses.has(ipv6Address),
      'has no endpoint that knows it': !endpoint?.networkInterfaceIds.includes(id),
      'does not share its tags with what CreateTags reaches':
        world.taggables.get(id)?.tags !== eni.tags,
    });
  });
}

function quotaProblems(world: World): string[] {
  const { endpointsPerVpc, tagsPerResource, recordsPerZone } = world.quotas;
  return [
    ...[...world.vpcs.values()].flatMap(({ id }) =>
      named(`The VPC ${id}`, {
        'has more endpoints than it may': world.endpoints.count('live', id) > endpointsPerVpc,
      }),
    ),
    ...[...world.taggables.values()].flatMap(({ id, tags }) =>
      named(id, { 'has more tags than it may': tags.size > tagsPerResource }),
    ),
    ...[...world.hostedZones.values()].flatMap(({ id, records }) =>
      named(`The zone ${id}`, { 'has more records than it may': records.size > recordsPerZone }),
    ),
  ];
}

function privateNameProblems(world: World): string[] {
  const owners = new Map<string, string>();
  return [...world.endpoints.values()].flatMap(({ id, vpcId, privateDns }) => {
    if (!privateDns) return [];
    const place = `${privateDns.name} in ${vpcId}`;
    const other = owners.get(place);
    owners.set(place, id);
    return other === undefined ? [] : [`The endpoints ${other} and ${id} both are ${place}`];
  });
}

function zoneProblems(world: World): string[] {
  return [...world.hostedZones.values()].flatMap(({ id, name, records, vpcs }) =>
    named(`The zone ${id}`, {
      'has records outside of itself': [...records.values()].some(
        (record) => record.name !== name && !record.name.endsWith(`.${name}`),
      ),
      'has no SOA record': !records.at(name).some(({ type }) => type === 'SOA'),
      'has a VPC twice': new Set(vpcs?.map(({ vpcId }) => vpcId)).size !== (vpcs?.length ?? 0),
    }),
  );
}

function named(subject: string, problems: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(problems).flatMap(([problem, is]) => (is ? `${subject} ${problem}` : []));
}
