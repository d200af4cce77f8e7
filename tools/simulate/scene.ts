// What a history knows: the stage, who is in it, and what other hands did, which nobody may undo.

import type { Account } from '../../packages/api/src/domain/account.ts';
import type { Customer } from '../../packages/api/src/domain/customer.ts';
import type { EndpointService } from '../../packages/api/src/domain/endpoint-service.ts';
import * as accounts from '../../packages/api/src/usecases/accounts.ts';
import { openStage, type Stage } from '../../packages/api/test/reconcile/stage.ts';
import type { Database } from '../../packages/api/src/storage/postgres/database.ts';
import type { Choice } from './choice.ts';
import { placeFaults, type Faults } from './faults.ts';

export interface Scene {
  stage: Stage;
  choice: Choice;
  faults: Faults;
  services: EndpointService[];
  tenants: Tenant[];
  /** Entries that other hands put on each allowlist, by the service's AWS id, and left there. */
  handMade: Map<string, Set<string>>;
  /** Entries of ours that other hands removed, which nobody has asked for again since. */
  takenByHand: Map<string, Set<string>>;
  /** A value of somebody else in the zone, which has to survive. */
  foreignTxt: { name: string; value: string };
  endpoints: string[];
  /** Connections that were decided to be accepted, as far as they have been looked at. */
  accepted: Set<string>;
}

export interface Tenant {
  customer: Customer;
  account: Account;
  accountId: string;
  /** Grant by service. */
  grants: Map<string, string>;
}

// In the future, where sessions of roles that this machine's clock holds for ended would be renewed
// at every call.
const startAt = new Date('2100-01-01T00:00:00Z');
const accountIds = ['222222222222', '333333333333'];

/** Two services, one made by hand, and two customers whose accounts have standing or not yet. */
export async function openScene(db: Database, choice: Choice, seed: number): Promise<Scene> {
  const stage = await openStage({ db, seed, startAt, setEnvironment });
  const { operator, hands } = stage;
  const provider = await operator.providerAccount();
  const ours = await operator.service(provider);
  // A load balancer is of one service only: ours has to be there before other hands take one.
  await stage.pass(3_000);
  const byHand = ['arn:aws:iam::444444444444:root', 'arn:aws:iam::222222222222:role/Legacy'];
  const existing = await hands.makeService(byHand);
  const registered = await operator.register(provider, existing);
  const foreignTxt = { name: 'kept.vendor.example', value: 'somebody=else' };
  await hands.publishTxt(foreignTxt.name, [foreignTxt.value]);
  const tenants: Tenant[] = [];
  for (const accountId of accountIds) {
    const customer = await operator.customer(`customer-${accountId}`);
    const account = await claim(stage, customer, accountId);
    if (choice.chance(0.7)) await attest(stage, account);
    const { id } = await operator.grant(customer, ours);
    const grants = new Map([[ours.id, id]]);
    tenants.push({ customer, account, accountId, grants });
  }
  const scene: Scene = {
    stage,
    choice,
    faults: placeFaults(stage, choice),
    services: [ours, registered],
    tenants,
    handMade: new Map([[existing, new Set(byHand)]]),
    takenByHand: new Map(),
    foreignTxt,
    endpoints: [],
    accepted: new Set(),
  };
  await stage.pass(3_000);
  return scene;
}

/** Vouches for the account, which lets it in. */
export function attest(stage: Stage, { id }: Account): Promise<Account> {
  return stage.change((context) => accounts.attest(context, id, 'Contract 4711'));
}

function claim(stage: Stage, { id: customerId }: Customer, accountId: string): Promise<Account> {
  return stage.change((context) => accounts.create(context, { customerId, accountId }));
}

/** The service's id in AWS, or null while it is being created. */
export async function awsIdOf(scene: Scene, service: EndpointService): Promise<string | null> {
  const [row] = await scene.stage.db.query<{ serviceId: string | null }>(
    'SELECT service_id FROM endpoint_services WHERE id = $1',
    [service.id],
  );
  return row?.serviceId ?? null;
}

function setEnvironment(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}
