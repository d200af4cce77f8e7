// Puts things into a database by the functions of storage, as use cases and workers would: what the
// vendor wants, and what AWS showed. Each thing is new, so that tests can share a database.

import { neverProven, type Account, type Standing } from '../../src/domain/account.ts';
import { connectionState, type Connection } from '../../src/domain/connection.ts';
import type { Customer } from '../../src/domain/customer.ts';
import {
  manageAll,
  type EndpointService,
  type ObservedService,
} from '../../src/domain/endpoint-service.ts';
import type { Grant } from '../../src/domain/grant.ts';
import type { ProviderAccount } from '../../src/domain/provider-account.ts';
import { unread } from '../../src/domain/read-tier.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as connections from '../../src/storage/connections.ts';
import * as customers from '../../src/storage/customers.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import * as grants from '../../src/storage/grants.ts';
import type { Queryable } from '../../src/storage/postgres/database.ts';
import * as principals from '../../src/storage/principals.ts';
import * as privateDns from '../../src/storage/private-dns.ts';
import * as providerAccounts from '../../src/storage/provider-accounts.ts';
import type { Ambience } from '../ambience.ts';

export interface Scene {
  /** Twelve digits that nobody has yet. */
  accountNumber: () => string;
  /** `vpce-…` that nobody has yet. */
  vpcEndpointId: () => string;
  providerAccount: (changes?: Partial<ProviderAccount>) => Promise<ProviderAccount>;
  /** In a provider account of its own, unless one is named. */
  service: (changes?: Partial<EndpointService>) => Promise<EndpointService>;
  customer: (changes?: Partial<Customer>) => Promise<Customer>;
  account: (customer: Customer, standing: Standing, changes?: Partial<Account>) => Promise<Account>;
  grant: (
    customer: Customer,
    service: EndpointService,
    changes?: Partial<Grant>,
  ) => Promise<string>;
  /** AWS showed the service. */
  showService: (service: EndpointService, observed?: Partial<ObservedService>) => Promise<void>;
  /** AWS showed the whole allowlist. */
  showPrincipals: (service: EndpointService, arns: string[]) => Promise<void>;
  /** AWS showed a connection; without an id, one that is new. */
  showConnection: (service: EndpointService, seen: Shown) => Promise<Connection>;
}

export interface Shown {
  ownerAccountId: string;
  awsState?: string;
  vpcEndpointId?: string;
  endpointRegion?: string;
}

export function createScene(db: Queryable, ambience: Ambience): Scene {
  let made = 0;
  const next = () => ++made;
  const tools: Tools = {
    ...ambience,
    db,
    dates: () => ({ createdAt: ambience.clock.now(), updatedAt: ambience.clock.now() }),
    next,
    accountNumber: () => String(200_000_000_000 + next()),
    hex: () => next().toString(16).padStart(17, '0'),
  };
  return {
    accountNumber: tools.accountNumber,
    vpcEndpointId: () => `vpce-${tools.hex()}`,
    ...vendorParts(tools),
    ...customerParts(tools),
    ...shownParts(tools),
  };
}

interface Tools extends Ambience {
  db: Queryable;
  dates: () => { createdAt: Date; updatedAt: Date };
  next: () => number;
  accountNumber: () => string;
  hex: () => string;
}

function vendorParts(tools: Tools): Pick<Scene, 'providerAccount' | 'service'> {
  const { db, dates, makeId } = tools;
  const providerAccount: Scene['providerAccount'] = async (changes) => {
    const account: ProviderAccount = {
      id: makeId('providerAccount'),
      name: 'production',
      accountId: tools.accountNumber(),
      roleArn: null,
      externalId: null,
      regions: ['us-east-1'],
      hostedZones: [],
      notificationQueueArns: [],
      ...dates(),
      ...changes,
    };
    await providerAccounts.insert(db, account);
    return account;
  };
  const service: Scene['service'] = async (changes) => {
    const providerAccountId = changes?.providerAccountId ?? (await providerAccount()).id;
    const made: EndpointService = {
      ...serviceOf(`vpce-svc-${tools.hex()}`, changes?.region ?? 'us-east-1'),
      id: makeId('endpointService'),
      ...dates(),
      ...changes,
      providerAccountId,
    };
    await endpointServices.insert(db, made);
    await privateDns.want(db, made.id, null, made.createdAt);
    return made;
  };
  return { providerAccount, service };
}

function customerParts(tools: Tools): Pick<Scene, 'customer' | 'account' | 'grant'> {
  const { db, clock, dates, makeId } = tools;
  return {
    customer: async (changes) => {
      const customer: Customer = {
        id: makeId('customer'),
        externalId: `customer-${tools.next()}`,
        name: 'A customer',
        state: 'active',
        metadata: {},
        contacts: [],
        requiredRole: null,
        suspendedSince: null,
        suspensionPolicy: null,
        suspensionReason: null,
        offboardingSince: null,
        offboardingPolicy: null,
        drainUntil: null,
        ...dates(),
        ...changes,
      };
      await customers.insert(db, customer);
      return customer;
    },
    account: async ({ id: customerId }, standing, changes) => {
      const account: Account = {
        id: makeId('account'),
        customerId,
        accountId: tools.accountNumber(),
        partition: 'aws',
        standing,
        standingSince: clock.now(),
        ...neverProven,
        attestedReason: null,
        lapsesAt: null,
        ...dates(),
        ...changes,
      };
      await accounts.insert(db, account);
      return account;
    },
    grant: async ({ id: customerId }, { id: endpointServiceId }, changes) => {
      const grant: Omit<Grant, 'service'> = {
        id: makeId('grant'),
        customerId,
        endpointServiceId,
        accountIds: [],
        roleNames: [],
        acceptance: 'automatic',
        connectionsMax: null,
        endpointRegions: [],
        dns: null,
        expiresAt: null,
        expiredAt: null,
        ...dates(),
        ...changes,
      };
      await grants.insert(db, grant);
      await principals.addWanted(db, [endpointServiceId], () => makeId('principal'), clock.now());
      return grant.id;
    },
  };
}

type ShownParts = Pick<Scene, 'showService' | 'showPrincipals' | 'showConnection'>;

function shownParts({ db, clock, makeId, hex }: Tools): ShownParts {
  return {
    showService: async (service, changes) => {
      const seen = { serviceId: service.serviceId!, serviceName: service.serviceName! };
      const observed = { ...available, ...changes };
      await endpointServices.recordObserved(db, service.id, { ...seen, observed }, clock.now());
    },
    showPrincipals: async ({ id }, arns) => {
      await principals.recordRead(db, id, arns, () => makeId('principal'), clock.now());
      await endpointServices.recordPrincipalsRead(db, id, arns.length, clock.now());
    },
    showConnection: async ({ id: endpointServiceId, region }, shown) => {
      const awsState = shown.awsState ?? 'pendingAcceptance';
      const seen = {
        id: makeId('connection'),
        endpointServiceId,
        vpcEndpointId: `vpce-${hex()}`,
        endpointRegion: region,
        createdAt: clock.now(),
        ...shown,
        awsState,
        state: connectionState(awsState),
      };
      await connections.recordSeen(db, seen, clock.now());
      return (await connections.find(db, seen.vpcEndpointId, null))!;
    },
  };
}

const available: ObservedService = {
  state: 'available',
  acceptanceRequired: true,
  availabilityZoneIds: ['use1-az1', 'use1-az2'],
  networkLoadBalancerArns: [],
  privateDns: null,
};

function serviceOf(serviceId: string, region: string) {
  return {
    name: 'Example API',
    region,
    serviceId,
    serviceName: `com.amazonaws.vpce.${region}.${serviceId}`,
    networkLoadBalancerArns: [],
    modes: manageAll,
    observed: null,
    observedAt: null,
    stateSince: null,
    problem: null,
    frozenSince: null,
    frozenReason: null,
    retiringSince: null,
    retireReason: null,
    retiredAt: null,
    reads: unread,
    quarantine: null,
    onExternalRemoval: 'hold' as const,
  };
}
