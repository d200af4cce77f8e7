// A service process with a vendor that has an endpoint service in each of some regions, and eight
// customers that are let in everywhere; below it a simulated AWS with AWS's request rates. Clocks
// are real. What customers do is done in the simulated world itself, as their own request rates
// would else hold them back.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, startService } from '../../examples/demo/processes.ts';
import { startSimulator, type Simulator } from '../../packages/aws-simulator/src/index.ts';
import { startGuard } from '../guard.ts';
import { operate, vendor } from './simulated-world.ts';

export interface VendorScene {
  simulator: Simulator;
  regions: readonly string[];
  /** When the accept of each endpoint came to AWS, by its id, in milliseconds of this process. */
  acceptedAt: ReadonlyMap<string, number>;
  /** How many accepts were called in a region. */
  accepts(region: string): number;
  /** Makes an endpoint of the nth customer. @returns its id */
  connect(region: string, customer: number): Promise<string>;
  /** Has notifications come to queues, and the service listen to them. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

export const customers = Array.from({ length: 8 }, (_, n) => String(222_222_222_200 + n));
const regions = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-northeast-1',
  'ap-northeast-2',
];

export async function openVendorScene(): Promise<VendorScene> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
  const guard = await startGuard();
  guard.removes(directory);
  const { simulator, acceptedAt, accepts } = await startWorld();
  const service = await startService(directory, simulator.endpoint, await freePort());
  guard.ends(service.pid);
  const key = (await readFile(join(directory, 'data/operator.key'), 'utf8')).trim();
  const api = createApi(service.url, key);
  const names = await setUp(api, simulator);
  return {
    simulator,
    regions,
    acceptedAt,
    accepts: (region) => accepts.filter((one) => one === region).length,
    connect: (region, customer) => connect(simulator, names.get(region)!, region, customer),
    listen: () => listen(api, simulator),
    close: async () => {
      await service.stop('SIGTERM');
      await simulator.close();
      await rm(directory, { recursive: true, force: true });
      await guard.release();
    },
  };
}

async function startWorld() {
  const acceptedAt = new Map<string, number>();
  const accepts: string[] = [];
  const loadBalancers = regions.map((region) => ({ name: 'api', region }));
  const vpcs = regions.map((region) => ({ region }));
  const simulator = await startSimulator({
    throttling: 'aws',
    quotas: { endpointsPerVpc: 200 },
    world: {
      accounts: [{ id: vendor, loadBalancers }, ...customers.map((id) => ({ id, vpcs }))],
    },
    admit: ({ action, input, region }) => {
      if (action !== 'AcceptVpcEndpointConnections') return;
      accepts.push(region);
      for (const id of input.VpcEndpointIds as string[]) {
        if (!acceptedAt.has(id)) acceptedAt.set(id, performance.now());
      }
    },
  });
  return { simulator, acceptedAt, accepts };
}

type Api = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

function createApi(url: string, key: string): Api {
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'if-match': '*',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
}

/** @returns the names of the services by region, once every customer may connect to them */
async function setUp(api: Api, { world }: Simulator): Promise<Map<string, string>> {
  await api('POST', '/v1/provider-accounts', { name: 'production', account_id: vendor, regions });
  const services: string[] = [];
  for (const region of regions) {
    const balancer = [...world.loadBalancers.values()].find((one) => one.region === region);
    const made = { name: 'api', provider_account_id: vendor, region };
    const body = { ...made, network_load_balancer_arns: [balancer!.id] };
    services.push(String((await api('POST', '/v1/endpoint-services', body)).id));
  }
  await api('POST', '/v1/imports', {
    reason: 'The bench',
    customers: customers.map((id) => ({ external_id: `customer-${id}`, name: id })),
    accounts: customers.map((id) => ({ customer_id: `customer-${id}`, account_id: id })),
    grants: customers.flatMap((id) =>
      services.map((service) => ({ customer_id: `customer-${id}`, endpoint_service_id: service })),
    ),
  });
  await until('every customer is let in', () => {
    const made = [...world.endpointServices.values()];
    const open = made.filter(({ permissions }) => permissions.size === customers.length);
    return open.length === regions.length;
  });
  const made = [...world.endpointServices.values()];
  return new Map(made.map(({ region, name }) => [region, name]));
}

async function connect(
  { simulation }: Simulator,
  ServiceName: string,
  region: string,
  customer: number,
): Promise<string> {
  const account = customers[customer % customers.length]!;
  const subnet = [...simulation.world.subnets.values()].find(
    (one) => one.account === account && one.region === region,
  )!;
  const place = { VpcId: subnet.vpcId, SubnetIds: [subnet.id] };
  const input = { VpcEndpointType: 'Interface', ServiceName, ...place };
  const made = await operate(simulation, account, 'CreateVpcEndpoint', input, 'ec2', region);
  return (made as { VpcEndpoint: { VpcEndpointId: string } }).VpcEndpoint.VpcEndpointId;
}

async function listen(api: Api, { simulation }: Simulator): Promise<void> {
  for (const region of regions) {
    const topic = `arn:aws:sns:${region}:${vendor}:connections`;
    const queue = arnOfQueue(region);
    const by = (service: 'ec2' | 'sns' | 'sqs', action: string, input: object) =>
      operate(simulation, vendor, action, input, service, region);
    const Policy = policy('vpce.amazonaws.com', 'SNS:Publish', topic);
    await by('sns', 'CreateTopic', { Name: 'connections', Attributes: { Policy } });
    const toSend = policy('sns.amazonaws.com', 'sqs:SendMessage', queue);
    await by('sqs', 'CreateQueue', { QueueName: 'connections', Attributes: { Policy: toSend } });
    await by('sns', 'Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: queue });
    const service = [...simulation.world.endpointServices.values()].find(
      (one) => one.region === region,
    );
    await by('ec2', 'CreateVpcEndpointConnectionNotification', {
      ServiceId: service!.id,
      ConnectionNotificationArn: topic,
      ConnectionEvents: ['Connect', 'Accept', 'Reject', 'Delete'],
    });
  }
  const path = `/v1/provider-accounts/${vendor}`;
  const notification_queue_arns = regions.map(arnOfQueue);
  await api('PATCH', path, { notification_queue_arns });
  await until('every queue is listened to', async () => {
    const { notification_queues: queues } = await api('GET', path);
    return (queues as { state: string }[]).every(({ state }) => state === 'listening');
  });
}

function arnOfQueue(region: string): string {
  return `arn:aws:sqs:${region}:${vendor}:connections`;
}

function policy(service: string, action: string, resource: string): string {
  const allowed = { Principal: { Service: service }, Action: action, Resource: resource };
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...allowed }] });
}

/** @throws Error after half a minute */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await pause(20);
  }
}
