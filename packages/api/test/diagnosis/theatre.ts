// A vendor with a service and as many customers as tests want, each with an AWS account of its own
// in the simulator: what is diagnosed has been through the service, a worker and AWS.

import { afterAll, beforeAll, vi } from 'vitest';
import { defaultWorldSpec } from '@sallyport/aws-simulator';
import type { Customer } from '../../src/domain/customer.ts';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';
import type { ProviderAccount } from '../../src/domain/provider-account.ts';
import { backendsTarget } from '../../src/domain/target.ts';
import * as targets from '../../src/storage/targets.ts';
import type { Caller } from '../../src/usecases/context.ts';
import { diagnose, diagnoseEndpoint } from '../../src/usecases/diagnoses.ts';
import type { NewGrant } from '../../src/usecases/grants.ts';
import { serviceNow, type PresentService } from '../reconcile/harness.ts';
import { openStage, worldWithLoadBalancers, type Stage } from '../reconcile/stage.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';

export interface Newcomer {
  accountId: string;
  customer: Customer;
}

export interface Theatre {
  stage: Stage;
  account: ProviderAccount;
  /** What most customers are let in to. */
  service: PresentService;
  /** Another service, for what concerns all of its customers. */
  anotherService: () => Promise<PresentService>;
  /** A customer that has an AWS account, of which nothing is known here yet. */
  newcomer: () => Promise<Newcomer>;
  /** The same with standing and a grant, and on the allowlist. */
  guest: (terms?: Partial<NewGrant>, service?: PresentService) => Promise<Newcomer>;
  connect: (guest: Newcomer, service?: PresentService) => Promise<string>;
  diagnose: (endpoint: string, caller?: Caller) => Promise<Diagnosis>;
  /** Of an endpoint that this customer says to have made. */
  absence: (of: Newcomer, endpoint?: string) => Promise<Diagnosis>;
  /** Tells the simulator what no call of AWS does. */
  tell: (what: string, body: object) => Promise<void>;
}

export const nowhere = 'vpce-0ffffffffffffffff';
const customersMax = 30;

/** To be called at the top of a test file: one theatre for all of its tests. */
export function theatreOfFile(): () => Theatre {
  let db: TemporaryDatabase;
  let theatre: Theatre;
  beforeAll(async () => {
    db = await temporaryDatabase();
    theatre = await openTheatre(db);
  });
  afterAll(async () => {
    await theatre.stage.close();
    await db.close();
    vi.unstubAllEnvs();
  });
  return () => theatre;
}

async function openTheatre(db: TemporaryDatabase): Promise<Theatre> {
  const setEnvironment = (variables: Record<string, string | undefined>) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  };
  const simulator = { world: worldWithLoadBalancers(worldOfMany()) };
  const stage = await openStage({ db, simulator, inProcess: true, setEnvironment });
  stage.worker.readsBackends = true;
  const account = await stage.operator.providerAccount();
  const anotherService = async () => {
    const { id } = await stage.operator.service(account);
    await stage.pass(3_000);
    const made = await serviceNow(stage, id);
    await targets.nudge(db, [backendsTarget(made)], stage.clock.now());
    await stage.pass(1_500);
    return made;
  };
  const service = await anotherService();
  let taken = 0;
  const newcomer = async () => {
    const accountId = accountNumber(taken++);
    return { accountId, customer: await stage.operator.customer(`bank-${taken}`) };
  };
  return {
    stage,
    account,
    service,
    anotherService,
    newcomer,
    guest: async (terms, at = service) => {
      const guest = await newcomer();
      await stage.operator.attest(guest.customer, guest.accountId);
      await stage.operator.grant(guest.customer, at, terms);
      await stage.pass(3_000);
      return guest;
    },
    connect: async ({ accountId }, at = service) => {
      const endpoint = await stage.hands.connect(accountId, at.serviceId);
      await stage.pass(8_000);
      return endpoint;
    },
    diagnose: (endpoint, caller) => stage.change((it) => diagnose(it, endpoint), caller),
    absence: ({ customer }, endpoint = nowhere) =>
      stage.change((it) => diagnoseEndpoint(it, endpoint, { customerId: customer.id })),
    tell: async (what, body) => {
      const url = `${stage.simulator.endpoint}/_simulator/${what}`;
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(await answer.text());
    },
  };
}

const accountNumber = (index: number) => String(222_222_222_300 + index);

/** The default world with more customers, each as the first one. */
function worldOfMany() {
  const world = defaultWorldSpec();
  const model = world.accounts.find(({ id }) => id === '222222222222')!;
  const more = Array.from({ length: customersMax }, (_, index) => {
    return { ...model, id: accountNumber(index) };
  });
  return { accounts: [...world.accounts, ...more] };
}
