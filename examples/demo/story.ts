// The main job, step by step. Each step can be played again after a crash of the service: changes
// carry idempotency keys, and what AWS makes carries a client token.

import {
  type Account,
  type Connection,
  type Customer,
  type Diagnosis,
  type EndpointService,
  type InviteWithToken,
  type Operation,
  type Principal,
  type PrivateDns,
  type ProviderAccount,
  Sallyport,
} from '@sallyport/sdk';
import { prove } from '@sallyport/sdk/aws';
import { customers, region, rootCredentials, vendor } from './cast.ts';
import { createConsumer, type Consumer } from './consumer.ts';
import { createOps, type Items, type Ops } from './operations.ts';

/** Where the story is played. */
export interface Stage {
  apiUrl: string;
  awsUrl: string;
  /** Names this playing of the story. */
  run: string;
  operatorKey: () => Promise<string>;
  /** Runs the built CLI as support staff. */
  cli: (args: string[]) => Promise<CliResult>;
}

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Step {
  title: string;
  who: 'vendor ops' | 'customer' | 'support' | 'worker' | 'a stranger';
  /** Plays the step and tells in a sentence what happened. */
  play: (scene: Scene) => Promise<string>;
}

/** What the steps learn and hand on. */
export interface Scene {
  stage: Stage;
  ops: Ops;
  acme: Player;
  globex: Player;
  service: EndpointService | null;
  connection: Connection | null;
  diagnosis: Diagnosis | null;
}

interface Player {
  consumer: Consumer;
  customer: Customer | null;
  client: Sallyport | null;
  key: string;
  vpcEndpointId: string;
}

export function createScene(stage: Stage): Scene {
  const player = (account: string): Player => ({
    consumer: createConsumer(stage.awsUrl, account),
    customer: null,
    client: null,
    key: '',
    vpcEndpointId: '',
  });
  return {
    stage,
    ops: createOps(stage.apiUrl, stage.operatorKey, stage.run),
    acme: player(customers.acme.account),
    globex: player(customers.globex.account),
    service: null,
    connection: null,
    diagnosis: null,
  };
}

export const story: Step[] = [
  { title: 'Register the provider account and a service', who: 'vendor ops', play: addService },
  { title: 'Create a customer, a grant and an invite', who: 'vendor ops', play: inviteAcme },
  { title: 'Look the service up without being allowed', who: 'a stranger', play: lookUp },
  { title: 'Prove the AWS account', who: 'customer', play: proveAccount },
  { title: 'Put the principal on the allowlist', who: 'worker', play: awaitPrincipal },
  { title: 'Publish and verify the private DNS name', who: 'vendor ops', play: verifyDns },
  { title: 'Create a VPC endpoint and wait', who: 'customer', play: connectAcme },
  { title: 'Switch private DNS on', who: 'customer', play: switchDnsOn },
  { title: 'Let another customer in, then out again', who: 'vendor ops', play: letGlobexLeave },
  { title: 'Ask whether it works', who: 'support', play: diagnose },
];

async function addService(scene: Scene): Promise<string> {
  const { ops, stage } = scene;
  const [zone] = await hostedZones(stage.awsUrl);
  const account = await ops.send<ProviderAccount>('POST', '/v1/provider-accounts', {
    name: 'production',
    account_id: vendor.account,
    role_arn: `arn:aws:iam::${vendor.account}:role/${vendor.role}`,
    external_id: vendor.role,
    regions: [region],
    hosted_zones: [{ zone_id: zone, role_arn: null }],
  });
  const { id } = await ops.send<EndpointService>('POST', '/v1/endpoint-services', {
    name: 'Example API',
    provider_account_id: account.id,
    region,
    network_load_balancer_arns: [await loadBalancer(stage.awsUrl)],
  });
  scene.service = await ops.until<EndpointService>(
    `/v1/endpoint-services/${id}`,
    (service) => service.observed?.state === 'available',
  );
  return `${scene.service.service_id} is available in ${region}`;
}

async function inviteAcme(scene: Scene): Promise<string> {
  const { acme, stage } = scene;
  acme.customer = await createCustomer(scene, customers.acme);
  const path = `/v1/customers/${acme.customer.id}/invites`;
  const invite = await scene.ops.send<InviteWithToken>('POST', path);
  const anonymous = new Sallyport({ baseUrl: stage.apiUrl });
  const key = await anonymous.invites.redeem(
    { token: invite.token, key_name: 'Acme network team' },
    { idempotencyKey: `${stage.run}:redeem`, maxRetries: 8 },
  );
  acme.key = key.secret;
  acme.client = new Sallyport({ baseUrl: stage.apiUrl, apiKey: key.secret, maxRetries: 8 });
  return `${customers.acme.name} redeemed its invite for a key that no operator has seen`;
}

async function lookUp(scene: Scene): Promise<string> {
  const answer = await scene.acme.consumer.looksUp(serviceName(scene));
  if (answer !== 'InvalidServiceName') throw new Error(`the stranger was told: ${answer}`);
  return 'InvalidServiceName: the same as for a service that does not exist';
}

async function proveAccount({ acme }: Scene): Promise<string> {
  const account = await prove(acme.client!, {
    account_id: customers.acme.account,
    credentials: rootCredentials(customers.acme.account),
    region,
  });
  return `${account.account_id} is ${account.standing} by ${account.proven_by}`;
}

async function awaitPrincipal(scene: Scene): Promise<string> {
  const path = `/v1/principals?endpoint_service_id=${scene.service!.id}&state=allowed`;
  const hasItems = (page: Items<Principal>) => page.items.length > 0;
  const { items } = await scene.ops.until(path, hasItems);
  return `${items[0]!.arn} may connect`;
}

async function verifyDns({ ops, service }: Scene): Promise<string> {
  const path = `/v1/endpoint-services/${service!.id}/private-dns`;
  const name = `api.${vendor.domain}`;
  await ops.send('PUT', path, { name });
  const dns = await ops.until<PrivateDns>(path, ({ state }) => state === 'verified');
  return `TXT ${dns.record!.name} is in place, ${name} is verified`;
}

async function connectAcme(scene: Scene): Promise<string> {
  const { acme, stage } = scene;
  acme.vpcEndpointId = await acme.consumer.connect(serviceName(scene), `${stage.run}-acme`);
  scene.connection = await acme.client!.connections.waitUntilAvailable(acme.vpcEndpointId);
  return `${acme.vpcEndpointId} was accepted by ${scene.connection.decided_by} and is available`;
}

/** Only now: AWS refuses it before the endpoint is accepted and the name verified. */
async function switchDnsOn({ acme, ops }: Scene): Promise<string> {
  await acme.consumer.enablePrivateDns(acme.vpcEndpointId);
  const path = `/v1/connections/${acme.vpcEndpointId}`;
  await ops.until<Connection>(path, ({ state }) => state === 'available');
  return `api.${vendor.domain} resolves in the VPC of ${customers.acme.name}`;
}

async function letGlobexLeave(scene: Scene): Promise<string> {
  const { globex, ops } = scene;
  await letGlobexIn(scene);
  const path = `/v1/customers/${globex.customer!.id}/offboard`;
  const { id } = await ops.send<Operation>('POST', path);
  const end = await ops.until<Operation>(`/v1/operations/${id}`, ({ done }) => done);
  const state = await globex.consumer.state(globex.vpcEndpointId);
  const known = await globex.consumer.looksUp(serviceName(scene));
  if (end.state !== 'succeeded' || state !== 'rejected' || known !== 'InvalidServiceName') {
    throw new Error(`${end.message} The endpoint is ${state}, the service ${known}.`);
  }
  return `${customers.globex.name} was attested, connected and offboarded; nothing is left of it`;
}

async function letGlobexIn(scene: Scene): Promise<void> {
  const { globex, ops, service, stage } = scene;
  const { account } = customers.globex;
  globex.customer = await createCustomer(scene, customers.globex);
  const claim = { customer_id: globex.customer.id, account_id: account };
  const { id } = await ops.send<Account>('POST', '/v1/accounts', claim);
  await ops.send('POST', `/v1/accounts/${id}/attest`, { reason: 'Contract 4711, signed' });
  const onService = `endpoint_service_id=${service!.id}`;
  await untilListed(ops, `/v1/principals?${onService}&state=allowed`, account);
  const token = `${stage.run}-globex`;
  globex.vpcEndpointId = await globex.consumer.connect(serviceName(scene), token);
  await untilListed(ops, `/v1/connections?${onService}&state=available`, globex.vpcEndpointId);
}

async function diagnose(scene: Scene): Promise<string> {
  const args = ['diagnose', scene.acme.vpcEndpointId, '-o', 'json'];
  const { code, stdout, stderr } = await untilReachable(() => scene.stage.cli(args));
  if (code !== 0) throw new Error(`sallyport diagnose ended with ${code}: ${stderr}${stdout}`);
  scene.diagnosis = JSON.parse(stdout) as Diagnosis;
  return scene.diagnosis.summary;
}

/** What the CLI says of a service that it cannot reach; as a person would, we ask once more. */
const unavailableExitCode = 6;
const patienceMs = 60_000;

async function untilReachable(ask: () => Promise<CliResult>): Promise<CliResult> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const result = await ask();
    if (result.code !== unavailableExitCode || Date.now() > deadline) return result;
  }
}

async function createCustomer(
  scene: Scene,
  { name, externalId }: (typeof customers)[keyof typeof customers],
): Promise<Customer> {
  const body = { name, external_id: externalId };
  const customer = await scene.ops.send<Customer>('POST', '/v1/customers', body);
  await scene.ops.send('POST', '/v1/grants', {
    customer_id: customer.id,
    endpoint_service_id: scene.service!.id,
  });
  return customer;
}

function serviceName(scene: Scene): string {
  return scene.service!.service_name!;
}

async function untilListed(ops: Ops, path: string, text: string): Promise<void> {
  const lists = (page: Items<object>) => JSON.stringify(page.items).includes(text);
  await ops.until(path, lists);
}

interface LoadBalancer {
  arn: string;
  account: string;
  region: string;
}

async function loadBalancer(awsUrl: string): Promise<string> {
  const response = await fetch(`${awsUrl}/_simulator/load-balancers`);
  const { load_balancers: all } = (await response.json()) as { load_balancers: LoadBalancer[] };
  return all.find((item) => item.account === vendor.account && item.region === region)!.arn;
}

async function hostedZones(awsUrl: string): Promise<string[]> {
  const { ListHostedZonesCommand, Route53Client } = await import('@aws-sdk/client-route-53');
  const credentials = rootCredentials(vendor.account);
  const route53 = new Route53Client({ endpoint: awsUrl, region, credentials });
  const { HostedZones } = await route53.send(new ListHostedZonesCommand({}));
  route53.destroy();
  const zones = HostedZones?.filter(({ Name }) => Name === `${vendor.domain}.`) ?? [];
  return zones.map(({ Id }) => Id!.replace('/hostedzone/', ''));
}
