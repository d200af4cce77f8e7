// A stage for each test of a file, on one database that is emptied before each.
//
//   const stageOfTest = stagesOfFile();
//   …
//   const stage = await stageOfTest();
//   const { service } = await serviceOnStage(stage);
//   await stage.pass(5_000);

import { afterAll, beforeAll, onTestFinished, vi } from 'vitest';
import type { SimulatorOptions } from '@sallyport/aws-simulator';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { EndpointService, Modes } from '../../src/domain/endpoint-service.ts';
import type { ProviderAccount } from '../../src/domain/provider-account.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import * as accounts from '../../src/usecases/accounts.ts';
import { reconcile } from '../../src/usecases/endpoint-services.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';
import { customerCaller } from './operator.ts';
import { emptyDatabase } from './shared-database.ts';
import { openStage, type Stage } from './stage.ts';

export const acme = '222222222222';
export const globex = '333333333333';
export const rootArn = (accountId: string) => `arn:aws:iam::${accountId}:root`;

/** To be called at the top of a test file. */
export function stagesOfFile(): (simulator?: SimulatorOptions) => Promise<Stage> {
  let db: TemporaryDatabase;
  beforeAll(async () => {
    db = await temporaryDatabase();
  });
  afterAll(() => db.close());
  return async (simulator = {}) => {
    await emptyDatabase(db);
    const stage = await openStage({ db, simulator, inProcess: true, setEnvironment });
    onTestFinished(async () => {
      await stage.close();
      vi.unstubAllEnvs();
    });
    return stage;
  };
}

export type PresentService = EndpointService & { serviceId: string };

/** A provider account with one service that Sallyport has made, every aspect managed. */
export async function serviceOnStage(
  stage: Stage,
  modes?: Partial<Modes>,
): Promise<{ account: ProviderAccount; service: PresentService }> {
  const account = await stage.operator.providerAccount();
  const { id } = await stage.operator.service(account, modes);
  await stage.pass(3_000);
  return { account, service: await serviceNow(stage, id) };
}

/** The service as the database has it, with the AWS id that it must have by now. */
export async function serviceNow({ db }: Stage, id: string): Promise<PresentService> {
  const service = await endpointServices.find(db, id);
  if (!service?.serviceId) throw new Error(`The service ${id} is not in AWS yet.`);
  return service as PresentService;
}

/** A customer with an attested account and a grant on the service; no worker has run since. */
export async function letIn(stage: Stage, service: EndpointService, accountId: string) {
  const customer = await stage.operator.customer(`customer-${accountId}`);
  const account = await stage.operator.attest(customer, accountId);
  const grant = await stage.operator.grant(customer, service);
  return { customer, account, grant };
}

/** Has everything of the service read and reconciled anew, as often as it takes to settle. */
export async function readAgain(stage: Stage, { id }: EndpointService, times = 3): Promise<void> {
  for (let i = 0; i < times; i++) {
    await stage.change((context) => reconcile(context, id));
    await stage.pass(1_500);
  }
}

/** How many changes Sallyport asked of AWS meanwhile, by action and outcome. */
export async function changesDuring(stage: Stage, work: () => Promise<unknown>): Promise<string[]> {
  const last = stage.simulator.calls().at(-1)?.number ?? 0;
  await work();
  return stage.glance.ourChanges(last);
}

function setEnvironment(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

export interface Claim {
  customer: Customer;
  account: Account;
}

/** A customer says by its own key that the account is its, and has proven nothing yet. */
export async function claim(stage: Stage, externalId: string, accountId: string): Promise<Claim> {
  const customer = await stage.operator.customer(externalId);
  const account = await stage.change(
    (context) => accounts.create(context, { accountId }),
    customerCaller(customer),
  );
  return { customer, account };
}
