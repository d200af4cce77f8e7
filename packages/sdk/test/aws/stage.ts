// The real service in a process of its own, over a simulated AWS in this one: a vendor with a
// service, and customers who are invited to it. Their time is this machine's.
import {
  type AccountSpec,
  defaultWorldSpec,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  type VpcSpec,
} from '@sallyport/aws-simulator';
import { vi } from 'vitest';
import { type EndpointService, Sallyport } from '../../src/index.ts';
import { createAmbience } from '../../../api/test/ambience.ts';
import { addKey } from '../../../api/test/harness.ts';
import { type ServiceProcess, startService } from '../../../api/test/process/service-process.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../../../api/test/storage/postgres/temporary-database.ts';

export const REGION = 'us-east-1';
export const VENDOR = '111111111111';
export const PRIVATE_NAME = 'api.vendor.example';

export interface Stage {
  simulator: Simulator;
  origin: string;
  operator: Sallyport;
  service: EndpointService & { service_name: string };
  /** A customer with a grant that has redeemed its invite, and its account in AWS. */
  invite(account: string, more?: { vpcs?: VpcSpec[]; acceptance?: string }): Promise<Invited>;
  close(): Promise<void>;
}

export interface Invited {
  account: string;
  customerId: string;
  apiKey: string;
  client: Sallyport;
  /** What the calls of the SDK take to reach this account. */
  aws: AwsAccess;
  vpcId: string;
}

export interface AwsAccess {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  aws: { endpoint: string };
  pollMs: number;
}

export async function openStage(options: SimulatorOptions = {}): Promise<Stage> {
  const simulator = await startSimulator({ world: vendorWorld(), ...options });
  const db = await temporaryDatabase();
  const api = await startService('all', {
    DATABASE_URL: db.connectionString,
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: VENDOR,
    AWS_SECRET_ACCESS_KEY: 'simulator',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  const secret = await addKey(db, createAmbience(1), 'operator', null);
  const operator = new Sallyport({ baseUrl: api.address, apiKey: secret });
  const service = await offerService(simulator, operator);
  return {
    simulator,
    origin: api.address,
    operator,
    service,
    invite: (account, more) => invite({ simulator, api, operator, service }, account, more),
    close: () => closeAll(simulator, db, api),
  };
}

/** An account of AWS with these VPCs, or with one in the region. */
export function customerAccount(id: string, vpcs: VpcSpec[] = [{ region: REGION }]): AccountSpec {
  return { id, vpcs };
}

/** How a client of this account reaches the simulator. */
export function accessOf(simulator: Simulator, account: string): AwsAccess {
  return {
    region: REGION,
    credentials: { accessKeyId: account, secretAccessKey: 'simulator' },
    aws: { endpoint: simulator.endpoint },
    pollMs: 600,
  };
}

/** The default world without its customers. */
function vendorWorld() {
  const { accounts } = defaultWorldSpec();
  return { accounts: accounts.filter(({ id }) => id === VENDOR) };
}

async function closeAll(
  simulator: Simulator,
  db: TemporaryDatabase,
  api: ServiceProcess,
): Promise<void> {
  await api.end('SIGTERM');
  await db.close();
  await simulator.close();
}

async function offerService(
  simulator: Simulator,
  operator: Sallyport,
): Promise<EndpointService & { service_name: string }> {
  const zone = [...simulator.world.hostedZones.values()].find(({ account }) => account === VENDOR);
  const provider = await operator.providerAccounts.create({
    name: 'production',
    account_id: VENDOR,
    role_arn: `arn:aws:iam::${VENDOR}:role/sallyport`,
    external_id: 'sallyport',
    regions: [REGION],
    hosted_zones: [{ zone_id: zone!.id, role_arn: null }],
  });
  const balancer = [...simulator.world.loadBalancers.values()].find(
    ({ region, account }) => region === REGION && account === VENDOR,
  );
  const made = await operator.endpointServices.create({
    name: 'Example API',
    provider_account_id: provider.id,
    region: REGION,
    network_load_balancer_arns: [balancer!.id],
  });
  await vi.waitUntil(
    async () => (await operator.endpointServices.get(made.id)).observed?.state === 'available',
    { timeout: 20_000, interval: 50 },
  );
  await operator.privateDns.put(made.id, { name: PRIVATE_NAME });
  await operator.privateDns.waitUntilVerified(made.id);
  return (await operator.endpointServices.get(made.id)) as EndpointService & {
    service_name: string;
  };
}

interface Inviting {
  simulator: Simulator;
  api: ServiceProcess;
  operator: Sallyport;
  service: EndpointService;
}

async function invite(
  { simulator, api, operator, service }: Inviting,
  account: string,
  { vpcs, acceptance = 'automatic' }: { vpcs?: VpcSpec[]; acceptance?: string } = {},
): Promise<Invited> {
  simulator.addAccount(customerAccount(account, vpcs));
  const customer = await operator.customers.create({ name: account, external_id: account });
  await operator.grants.create({
    customer_id: customer.id,
    endpoint_service_id: service.id,
    acceptance: acceptance as 'automatic' | 'manual',
  });
  const { token } = await operator.customers.invites.create(customer.id);
  const { secret } = await new Sallyport({ baseUrl: api.address }).invites.redeem({ token });
  const client = new Sallyport({ baseUrl: api.address, apiKey: secret });
  const vpc = [...simulator.world.vpcs.values()].find((one) => one.account === account);
  return {
    account,
    customerId: customer.id,
    apiKey: secret,
    client,
    aws: accessOf(simulator, account),
    vpcId: vpc!.id,
  };
}
