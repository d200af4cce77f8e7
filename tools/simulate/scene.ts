// What a history knows: the stage, who is in it, and what other hands did, which nobody may undo.

import { defaultWorldSpec } from '@sallyport/aws-simulator';
import type { Account } from '../../packages/api/src/domain/account.ts';
import type { Customer } from '../../packages/api/src/domain/customer.ts';
import { readMark } from '../../packages/api/src/domain/deployment.ts';
import type { EndpointService } from '../../packages/api/src/domain/endpoint-service.ts';
import { markKey } from '../../packages/api/src/aws/service-facts.ts';
import type { Database } from '../../packages/api/src/storage/postgres/database.ts';
import * as accounts from '../../packages/api/src/usecases/accounts.ts';
import * as endpointServices from '../../packages/api/src/usecases/endpoint-services.ts';
import * as privateDns from '../../packages/api/src/usecases/private-dns.ts';
import { createRequests, type Requests } from '../../packages/api/src/usecases/requests.ts';
import type { Dump } from '../../packages/api/test/reconcile/database-dump.ts';
import {
  audience,
  openStage,
  worldWithLoadBalancers,
  type Stage,
} from '../../packages/api/test/reconcile/stage.ts';
import { noCells, type Cells } from './cells.ts';
import type { Choice } from './choice.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';
import { readFacts } from './facts.ts';
import { hireCrew } from './hiring.ts';
import { createMoments, type Moments } from './intents.ts';
import { rememberPast, type Trouble } from './trouble.ts';
import { createWitness, type Witness } from './witness.ts';

export interface Scene {
  stage: Stage;
  choice: Choice;
  trouble: Trouble;
  crew: Crew;
  cells: Cells;
  witness: Witness;
  moments: Moments;
  services: EndpointService[];
  tenants: Tenant[];
  /** Entries that other hands put on each allowlist, by the service's AWS id, and left there. */
  handMade: Map<string, Set<string>>;
  /** When other hands made an entry, as `serviceId arn`, in milliseconds. */
  madeAt: Map<string, number>;
  /** Entries of ours that other hands removed, which nobody has asked for again since. */
  takenByHand: Map<string, Set<string>>;
  /** What other hands have last made of the private name of a service, by AWS id. */
  namedByHand: Map<string, HandMadeName>;
  /** Values of others in the zone by name, which have to survive. */
  foreignTxt: Map<string, Set<string>>;
  endpoints: string[];
  /** Endpoints that may stay open, undecided, though nobody with standing owns them now. */
  atHome: Set<string>;
  /** Entries of other hands that operators have adopted, as `serviceId arn`. */
  adopted: Set<string>;
  requests: Requests;
  /** A request that may be sent again, and the answer that it got. */
  sent: SentRequest | null;
  /** What requests showed that they should not, since the last event. */
  shown: { twice: string[]; foreign: string[] };
  /** Signatures of customers, which have to be forgotten. */
  secrets: Set<string>;
  /** Who has signed proofs of each account, by its id. */
  signers: Map<string, Set<string>>;
  /** What the database had after the last event. */
  facts: Facts;
  /** A copy of the database from before, until it is put back. */
  dump: Dump | null;
  /** A database from before is in place, and no operator has confirmed it yet. */
  restored: boolean;
  /** After the last event, AWS showed a change that this database has not seen. */
  behind: boolean;
}

export interface HandMadeName {
  /** Null when they took it away. */
  name: string | null;
  /** We have seen theirs since, and nothing that we had sent before is under way any more. */
  seen: boolean;
}

export interface SentRequest {
  idempotencyKey: string;
  body: unknown;
}

export interface Tenant {
  customer: Customer;
  account: Account;
  accountId: string;
}

// In the future, where sessions of roles that this machine's clock holds for ended would be renewed
// at every call.
const startAt = new Date('2100-01-01T00:00:00Z');
const cast = ['222222222222', '333333333333', '666666666666'];
/** Of these, no account has the last. */
export const roleNames = ['network', 'intern'];
/** So that there is time for something to happen while an endpoint comes up. */
const delays = { endpointAvailable: 4_000 };

/** Two services, one made by hand, and three customers whose accounts have standing or not yet. */
export async function openScene(db: Database, choice: Choice, seed: number): Promise<Scene> {
  const simulator = { world: world(), delays, knobs: { absentPrincipal: 'refused' } as const };
  const options = { db, seed, startAt, simulator, inProcess: true, setEnvironment };
  const stage = await openStage(options);
  const { operator, hands } = stage;
  rememberPast(stage.simulator);
  const byHand = ['arn:aws:iam::444444444444:root', 'arn:aws:iam::222222222222:role/Legacy'];
  const existing = await hands.makeService(byHand);
  const provider = await operator.providerAccount();
  const registered = await operator.register(provider, existing);
  const ours = await operator.service(provider);
  const tenants: Tenant[] = [];
  for (const accountId of cast) {
    const tenant = await welcome(stage, accountId);
    if (choice.chance(0.7)) await attest(stage, tenant.account);
    await operator.grant(tenant.customer, ours, { roleNames: choice.chance(0.2) ? roleNames : [] });
    tenants.push(tenant);
  }
  await setUpMore(stage, choice, ours, registered);
  await stage.pass(3_000);
  const known = {
    stage,
    choice,
    cells: noCells(),
    moments: await createMoments(stage),
    services: [ours, registered],
    tenants,
    handMade: new Map([[existing, new Set(byHand)]]),
    takenByHand: new Map(),
    namedByHand: new Map<string, HandMadeName>(),
    foreignTxt: new Map(),
    endpoints: [],
    atHome: new Set<string>(),
    madeAt: new Map<string, number>(),
    adopted: new Set<string>(),
    requests: requestsOf(stage),
    sent: null,
    shown: { twice: [], foreign: [] },
    secrets: new Set<string>(),
    signers: new Map<string, Set<string>>(),
    dump: null,
    restored: false,
    behind: false,
  };
  const witness = createWitness(stage);
  const { crew, trouble } = await hireCrew(known, witness);
  const scene = { ...known, witness, crew, trouble, facts: await readFacts(stage) };
  await connectSome(scene);
  trouble.probability = choice.of([0.1, 0.25, 0.4]);
  return scene;
}

/** What most histories have from the start, as not much happens without it. */
async function setUpMore(
  { change }: Stage,
  choice: Choice,
  ours: EndpointService,
  registered: EndpointService,
): Promise<void> {
  const manage = { principals: 'manage', acceptance: 'manage', privateDns: 'manage' } as const;
  if (choice.chance(0.7)) {
    await change((context) => endpointServices.setModes(context, registered.id, manage));
  }
  if (choice.chance(0.8)) {
    await change((context) => privateDns.put(context, ours.id, 'api.vendor.example'));
  }
}

/** Some are connected, and some are about to be. */
async function connectSome(scene: Scene): Promise<void> {
  const { stage, choice, crew, services, tenants, endpoints } = scene;
  const serviceId = awsIdOf(scene, services[0]!)!;
  const allowed = stage.glance.allowlist(serviceId);
  for (const { accountId } of tenants) {
    if (!allowed.includes(`arn:aws:iam::${accountId}:root`)) continue;
    if (choice.chance(0.6)) endpoints.push(await stage.hands.connect(accountId, serviceId));
    if (choice.chance(0.4)) await crew.pass(6_000);
  }
}

/** A new customer, which claims the account. */
export async function welcome(stage: Stage, accountId: string): Promise<Tenant> {
  const externalId = `customer-${accountId}-${stage.clock.now().getTime()}`;
  const customer = await stage.operator.customer(externalId);
  const account = await stage.change((context) =>
    accounts.create(context, { customerId: customer.id, accountId }),
  );
  return { customer, account, accountId };
}

/** Vouches for the account, which lets it in. */
export function attest(stage: Stage, { id }: Account): Promise<Account> {
  return stage.change((context) => accounts.attest(context, id, 'Contract 4711'));
}

/** The service's id in AWS, or null while it is being created. */
export function awsIdOf({ facts }: Scene, { id }: EndpointService): string | null {
  return facts.services.find((service) => service.id === id)?.serviceId ?? null;
}

/** AWS shows a change that this database has not seen. */
export function isBehind(
  { stage }: Pick<Scene, 'stage'>,
  { services, deployment }: Facts,
): boolean {
  return services.some(({ serviceId }) => {
    const service = serviceId && stage.simulator.world.endpointServices.get(serviceId);
    const text = service && service.tags.get(markKey);
    if (!text) return false;
    const { deploymentId, epoch } = readMark(text);
    return deploymentId === deployment.id && epoch > deployment.epoch;
  });
}

/** The default world with one customer more. Not every role that is granted exists everywhere. */
function world() {
  const { accounts: all } = defaultWorldSpec();
  const like = all.find(({ id }) => id === '333333333333')!;
  const sixth = { ...like, id: '666666666666' };
  const roles = ['network', 'Legacy'].map((name) => ({ name }));
  const customers = [...all, sixth].map((one) => (cast.includes(one.id) ? { ...one, roles } : one));
  return worldWithLoadBalancers({ accounts: customers });
}

function requestsOf({ db, clock, makeId, random }: Stage): Requests {
  const options = { database: db, now: clock.now, makeId, random, audience: () => audience };
  return createRequests(options);
}

function setEnvironment(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}
