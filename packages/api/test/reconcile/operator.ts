// An operator who sets things up by the use cases, in few words.

import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { EndpointService, Modes } from '../../src/domain/endpoint-service.ts';
import type { Grant } from '../../src/domain/grant.ts';
import type { ProviderAccount } from '../../src/domain/provider-account.ts';
import * as accounts from '../../src/usecases/accounts.ts';
import type { Caller, Context } from '../../src/usecases/context.ts';
import * as customers from '../../src/usecases/customers.ts';
import * as endpointServices from '../../src/usecases/endpoint-services.ts';
import * as grants from '../../src/usecases/grants.ts';
import * as providerAccounts from '../../src/usecases/provider-accounts.ts';
import type { Requests } from '../../src/usecases/requests.ts';
import { region, vendorAccount, type Glance } from './other-hands.ts';

/** Runs a use case as a request of this caller would. @throws Refusal */
export type Change = <Result>(
  work: (context: Context) => Promise<Result>,
  caller?: Caller,
) => Promise<Result>;

export interface Operator {
  providerAccount: (
    changes?: Partial<providerAccounts.NewProviderAccount>,
  ) => Promise<ProviderAccount>;
  /** A service that Sallyport makes; its AWS id is there once a worker has run. */
  service: (account: ProviderAccount, modes?: Partial<Modes>) => Promise<EndpointService>;
  /** A service that is there already; in `observe` unless modes are given. */
  register: (
    account: ProviderAccount,
    serviceId: string,
    modes?: Partial<Modes>,
    where?: string,
  ) => Promise<EndpointService>;
  customer: (externalId: string) => Promise<Customer>;
  attest: (customer: Customer, accountId: string) => Promise<Account>;
  grant: (
    customer: Customer,
    service: EndpointService,
    terms?: Partial<grants.NewGrant>,
  ) => Promise<Grant>;
}

const operatorCaller: Caller = { id: 'key_operator', role: 'operator', customerId: null };

export function createChange(requests: Requests): Change {
  let sent = 0;
  return async (work, caller = operatorCaller) => {
    const facts = {
      caller,
      requestId: `req_${++sent}`,
      changeRef: null,
      validateOnly: false,
      idempotencyKey: null,
      fingerprint: '',
    };
    const { body } = await requests.change(facts, async (context) => {
      return { status: 200, body: await work(context) };
    });
    return body as Awaited<ReturnType<typeof work>>;
  };
}

/** The caller with a key of the customer. */
export function customerCaller({ id }: Customer): Caller {
  return { id: 'key_customer', role: 'customer', customerId: id };
}

export function createOperator(change: Change, glance: Glance): Operator {
  const taken = new Set<string>();
  return {
    providerAccount: (changes) =>
      change((context) =>
        providerAccounts.create(context, {
          name: 'production',
          accountId: vendorAccount,
          roleArn: `arn:aws:iam::${vendorAccount}:role/sallyport`,
          externalId: 'sallyport',
          regions: [region, 'eu-west-1'],
          hostedZones: [{ zoneId: glance.zoneId(), roleArn: null }],
          ...changes,
        }),
      ),
    service: ({ id: providerAccountId }, modes = {}) => {
      const loadBalancer = glance.freeLoadBalancer(taken);
      taken.add(loadBalancer);
      const networkLoadBalancerArns = [loadBalancer];
      const wanted = { name: 'Example API', providerAccountId, region, networkLoadBalancerArns };
      return change((context) => endpointServices.create(context, { ...wanted, modes }));
    },
    register: ({ id: providerAccountId }, serviceId, modes = {}, where = region) => {
      const wanted = { name: 'By hand', providerAccountId, region: where, serviceId, modes };
      return change((context) => endpointServices.create(context, wanted));
    },
    customer: (externalId) =>
      change((context) => customers.create(context, { externalId, name: externalId })),
    attest: async ({ id: customerId }, accountId) => {
      const { id } = await change((context) => accounts.create(context, { customerId, accountId }));
      return change((context) => accounts.attest(context, id, 'Contract 4711'));
    },
    grant: ({ id: customerId }, { id: endpointServiceId }, terms) =>
      change((context) => grants.create(context, { customerId, endpointServiceId, ...terms })),
  };
}
