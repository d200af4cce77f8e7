// A simulator in this process with a clock that stands still until it is advanced, and the real
// SDK clients of whoever a test wants to be.

import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../src/index.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Clients {
  readonly cloudwatch: CloudWatchClient;
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly route53: Route53Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
}

export interface Lab {
  readonly simulator: Simulator;
  readonly endpoint: string;
  now(): Date;
  /** Moves the simulator's clock, and the clocks the clients sign by. */
  advance(ms: number): void;
  /** @param who an account id stands for its root keys. */
  as(who: string | Keys, region?: string): Clients;
}

export interface LabOptions extends SimulatorOptions {
  /** Whether calls go without a socket, signed, encoded and answered as on the wire; true. */
  inProcess?: boolean;
}

/** A lab that whoever opened it closes. */
export type OpenLab = Lab & { close(): Promise<void> };

export const VENDOR = '111111111111';
export const CUSTOMER = '222222222222';
export const OTHER_CUSTOMER = '333333333333';

export function rootKeys(account: string): Keys {
  return { accessKeyId: account, secretAccessKey: 'simulator' };
}

/** Starts a lab that ends with the test. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const lab = await openLab(options);
  onTestFinished(() => lab.close());
  return lab;
}

/** The same over sockets, for tests of the way there. */
export function startWiredLab(options: LabOptions = {}): Promise<Lab> {
  return startLab({ ...options, inProcess: false });
}

/** Starts a lab that whoever opened it closes. */
export async function openLab(options: LabOptions = {}): Promise<OpenLab> {
  let time = Date.now();
  const now = () => new Date(time);
  const { inProcess = true, ...simulated } = options;
  const simulator = await startSimulator({ clock: now, ...simulated });
  const sending = inProcess ? { requestHandler: simulator.requestHandler } : {};
  const clients: Clients[keyof Clients][] = [];
  const known = new Map<string, Clients>();
  const setClock = (client: (typeof clients)[number]) => {
    client.config.systemClockOffset = time - Date.now();
  };
  return {
    simulator,
    close: async () => {
      for (const client of clients) client.destroy();
      await simulator.close();
    },
    endpoint: simulator.endpoint,
    now,
    advance: (ms) => {
      time += ms;
      clients.forEach(setClock);
    },
    as: (who, region = 'us-east-1') => {
      const credentials = typeof who === 'string' ? rootKeys(who) : who;
      const key = `${credentials.accessKeyId} ${credentials.secretAccessKey} ${region}`;
      const earlier = known.get(key);
      if (earlier) return earlier;
      const { endpoint } = simulator;
      const config = { endpoint, region, credentials, maxAttempts: 1, ...sending };
      const added = <T extends (typeof clients)[number]>(client: T) => {
        clients.push(client);
        setClock(client);
        return client;
      };
      const made = lazily({
        cloudwatch: () => added(new CloudWatchClient(config)),
        ec2: () => added(new EC2Client(config)),
        elb: () => added(new ElasticLoadBalancingV2Client(config)),
        route53: () => added(new Route53Client(config)),
        sns: () => added(new SNSClient(config)),
        sqs: () => added(new SQSClient(config)),
        sts: () => added(new STSClient(config)),
      });
      known.set(key, made);
      return made;
    },
  };
}

/** The code and message of the error a call ends with. */
export async function failure(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await call;
  } catch (error) {
    const { name, message } = error as Error;
    return { code: name, message };
  }
  throw new Error('The call was expected to fail, and it did not.');
}

// A client costs a millisecond or two, and most callers use one of them.
function lazily(makers: { readonly [Name in keyof Clients]: () => Clients[Name] }): Clients {
  const made: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(makers)) {
    let client: unknown;
    Object.defineProperty(made, name, {
      enumerable: true,
      get: () => {
        client ??= make();
        return client;
      },
    });
  }
  return made as unknown as Clients;
}
