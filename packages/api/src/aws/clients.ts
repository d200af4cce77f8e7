// The AWS SDK's clients: one per access, region and service, made at the first use. The SDK reads
// AWS_ENDPOINT_URL* and the process's own credentials by itself; nothing here knows of either.

import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { EC2, EC2ClientConfig as EC2Config } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Route53 } from '@aws-sdk/client-route-53';
import type { SQS } from '@aws-sdk/client-sqs';
import type { STS } from '@aws-sdk/client-sts';

import { type BudgetedClient, type CallBudget, keepToBudget } from './budget.ts';
import { observeCalls } from './calls.ts';
import type { ObservableClient } from './calls.ts';
import { abortedCall, isAuthenticationFailure } from './errors.ts';
import type { AwsError } from './errors.ts';
import type { AwsAccess, AwsCall } from './ports.ts';
import { createRoleSessions } from './role-sessions.ts';
import type { Role, RoleSession } from './role-sessions.ts';

/** What the SDK sends its requests by. */
export interface Sending extends Pick<EC2Config, 'requestHandler'> {
  /** How far its clock is behind AWS's, in milliseconds, at each request. */
  clockOffset?: () => number;
}

export interface ClientOptions {
  /** Where to call STS and Route 53; it also names the partition. */
  region: string;
  now: () => Date;
  onCall: (call: AwsCall) => void;
  /** Null where nothing is to be counted. */
  budget: CallBudget | null;
  /** How long one attempt may hear nothing. */
  requestTimeoutMs: number;
  /** Sockets, and a clock that is corrected by AWS's answers, unless given. */
  sending: Sending;
}

/** Gives the SDK's client once it can send: a role may have to be assumed first. */
export type OpenEc2 = (signal: AbortSignal) => Promise<EC2>;
export type OpenRoute53 = (signal: AbortSignal) => Promise<Route53>;
export type OpenSqs = (signal: AbortSignal) => Promise<SQS>;
export type OpenSts = (signal: AbortSignal) => Promise<STS>;

/** Each method throws the AwsError of AssumeRole, or `aborted`. */
export interface Clients {
  ec2(access: AwsAccess, region: string, signal: AbortSignal): Promise<EC2>;
  route53(access: AwsAccess, signal: AbortSignal): Promise<Route53>;
  sqs(access: AwsAccess, region: string, signal: AbortSignal): Promise<SQS>;
  /** With the identity of the access. */
  sts(access: AwsAccess, signal: AbortSignal): Promise<STS>;
  /** With these credentials, for one question: it is the caller's to destroy. */
  stsOf(credentials: RoleSession, accountId: string): Promise<STS>;
  elb(access: AwsAccess, region: string, signal: AbortSignal): Promise<ElasticLoadBalancingV2>;
  cloudWatch(access: AwsAccess, region: string, signal: AbortSignal): Promise<CloudWatch>;
  close(): void;
}

/**
 * The first attempt and two more; the SDK waits about a second between them in all. What is
 * throttled even then is for the reconciler, which knows what else it has to do.
 */
const attemptsMax = 3;
const connectTimeoutMs = 3_000;

export function createClients(options: ClientOptions): Clients {
  const clients = createClientCache(options);
  const sessions = createRoleSessions({ sts: () => openSts(clients, options.region), ...options });

  /** The SDK would assume the role within the call, where the signal does not reach. */
  async function enter(access: AwsAccess, signal: AbortSignal): Promise<Credentials | null> {
    if (!isRole(access)) return null;
    await untilAborted(sessions.current(access), signal);
    return {
      provide: () => sessions.current(access),
      forget: () => sessions.forget(access),
    };
  }

  return {
    ec2: async (access, region, signal) => {
      const credentials = await enter(access, signal);
      const { EC2 } = await import('@aws-sdk/client-ec2');
      const key = { service: 'ec2', access, region } as const;
      return clients.get(key, credentials, (settings) => new EC2(settings));
    },
    route53: async (access, signal) => {
      const credentials = await enter(access, signal);
      const { Route53 } = await import('@aws-sdk/client-route-53');
      const key = { service: 'route53', access, region: options.region } as const;
      return clients.get(key, credentials, (settings) => new Route53(settings));
    },
    sqs: async (access, region, signal) => {
      const credentials = await enter(access, signal);
      const { SQS } = await import('@aws-sdk/client-sqs');
      const key = { service: 'sqs', access, region } as const;
      // The SDK would else send to whatever host a queue URL names.
      const fixed = { useQueueUrlAsEndpoint: false };
      return clients.get(key, credentials, (settings) => new SQS({ ...settings, ...fixed }));
    },
    sts: async (access, signal) => {
      const credentials = await enter(access, signal);
      const { STS } = await import('@aws-sdk/client-sts');
      const key = { service: 'sts', access, region: options.region } as const;
      return clients.get(key, credentials, (settings) => new STS(settings));
    },
    stsOf: async (session, accountId) => {
      const { STS } = await import('@aws-sdk/client-sts');
      const provided = { provide: () => Promise.resolve(session), forget: () => {} };
      const client = new STS(settingsOf(options, options.region, provided));
      keepTime(client, options.sending);
      const from = { service: 'sts', region: options.region, accountId } as const;
      observeCalls(client, { ...options, from, onFailure: () => {} });
      return client;
    },
    elb: async (access, region, signal) => {
      const credentials = await enter(access, signal);
      const { ElasticLoadBalancingV2 } = await import('@aws-sdk/client-elastic-load-balancing-v2');
      const key = { service: 'elasticloadbalancing', access, region } as const;
      return clients.get(key, credentials, (settings) => new ElasticLoadBalancingV2(settings));
    },
    cloudWatch: async (access, region, signal) => {
      const credentials = await enter(access, signal);
      const { CloudWatch } = await import('@aws-sdk/client-cloudwatch');
      const key = { service: 'cloudwatch', access, region } as const;
      return clients.get(key, credentials, (settings) => new CloudWatch(settings));
    },
    close: () => clients.close(),
  };
}

interface ClientCache {
  get<Client extends object>(
    key: ClientKey,
    credentials: Credentials | null,
    make: (settings: Settings) => Client,
  ): Client;
  close(): void;
}

interface ClientKey {
  service: AwsCall['service'];
  access: AwsAccess;
  region: string;
}

/** Credentials of a role; null stands for the process's own. */
interface Credentials {
  provide: () => Promise<RoleSession>;
  forget: () => void;
}

type Settings = ReturnType<typeof settingsOf>;

function createClientCache(options: ClientOptions): ClientCache {
  const clients = new Map<string, ObservableClient>();
  return {
    get: (key, credentials, make) => {
      const { service, access, region } = key;
      const who = [access.accountId, access.roleArn, access.externalId];
      const id = JSON.stringify([service, region, ...who]);
      const known = clients.get(id);
      if (known) return known as ReturnType<typeof make>;
      const client = make(settingsOf(options, key.region, credentials));
      keepTime(client as TimedClient, options.sending);
      // The client holds on to its credentials, so it goes together with a session that AWS no
      // longer takes. Its other calls end by themselves.
      const onFailure = (error: AwsError) => {
        if (!credentials || !isAuthenticationFailure(error)) return;
        credentials.forget();
        clients.delete(id);
      };
      const { accountId } = access;
      if (options.budget) {
        keepToBudget(client as BudgetedClient, { service, accountId, region }, options.budget);
      }
      observeCalls(client as ObservableClient, {
        ...options,
        from: { service, region, accountId },
        onFailure,
      });
      clients.set(id, client as ObservableClient);
      return client;
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
      clients.clear();
    },
  };
}

type TimedClient = { config: { systemClockOffset: number } };

/** Whatever the SDK makes of the dates of answers. */
function keepTime({ config }: TimedClient, { clockOffset }: Sending): void {
  if (!clockOffset) return;
  Object.defineProperty(config, 'systemClockOffset', { get: clockOffset, set: () => {} });
}

function settingsOf(options: ClientOptions, region: string, credentials: Credentials | null) {
  const { requestHandler } = options.sending;
  return {
    region,
    maxAttempts: attemptsMax,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      socketTimeout: options.requestTimeoutMs,
    },
    ...(requestHandler && { requestHandler }),
    ...(credentials ? { credentials: credentials.provide } : {}),
  };
}

async function openSts(clients: ClientCache, region: string): Promise<STS> {
  const { STS } = await import('@aws-sdk/client-sts');
  const access = { accountId: '', roleArn: null, externalId: null };
  return clients.get({ service: 'sts', access, region }, null, (settings) => new STS(settings));
}

function isRole(access: AwsAccess): access is AwsAccess & Role {
  return access.roleArn !== null;
}

/** Stops waiting, not the work: another caller may wait for the same. */
async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(abortedCall('AssumeRole'));
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
