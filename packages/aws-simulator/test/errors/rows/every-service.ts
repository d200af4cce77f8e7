// The errors that have nothing to do with an operation: who the caller is, what it may do, how
// often, and requests that no SDK would send, which are bent on their way.

import { ListMetricsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeAddressesCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeAccountLimitsCommand,
  DescribeLoadBalancersCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListHealthChecksCommand, ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { ListPlatformApplicationsCommand, ListTopicsCommand } from '@aws-sdk/client-sns';
import { ListQueuesCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { GetAccessKeyInfoCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import type { SimulatorOptions } from '../../../src/index.ts';
import { type Clients, CUSTOMER, type Keys, openLab, OTHER_CUSTOMER, VENDOR } from '../../lab.ts';
import { asLimited, keysOf, limitedVendor } from '../../roles.ts';
import { type Attempt, type Codes, errorsOf, inService, inWorld, type Scene } from '../ledger.ts';
import { sdkName } from '../documented.ts';
import { type Bend, bent, body, header, path } from '../bends.ts';

interface CallerScene extends Scene {
  /** Of a role that may do nothing. */
  readonly limited: Clients;
  /** Of a session that is over. */
  readonly expired: Keys;
}

type Sample = (clients: Clients, bend?: Bend) => Promise<unknown>;
type Protocol = 'query' | 'json' | 'rest';

interface Service {
  readonly protocol: Protocol;
  readonly action: string;
  /** A call that is good; it goes to `action`. */
  readonly sample: Sample;
  readonly notSimulated: Sample;
  readonly denied?: string;
  readonly throttled?: string;
}

const accessKey = { AccessKeyId: 'AKIATERRAFORM2222222' };

const services: Readonly<Record<string, Service>> = {
  ec2: {
    protocol: 'query',
    action: 'DescribeVpcs',
    sample: ({ ec2 }, bend) => ec2.send(bent(new DescribeVpcsCommand({}), bend)),
    notSimulated: ({ ec2 }) => ec2.send(new DescribeAddressesCommand({})),
    denied: 'UnauthorizedOperation',
    throttled: 'RequestLimitExceeded',
  },
  elasticloadbalancing: {
    protocol: 'query',
    action: 'DescribeLoadBalancers',
    sample: ({ elb }, bend) => elb.send(bent(new DescribeLoadBalancersCommand({}), bend)),
    notSimulated: ({ elb }) => elb.send(new DescribeAccountLimitsCommand({})),
  },
  monitoring: {
    protocol: 'json',
    action: 'ListMetrics',
    sample: ({ cloudwatch }, bend) => cloudwatch.send(bent(new ListMetricsCommand({}), bend)),
    notSimulated: ({ cloudwatch }) =>
      cloudwatch.send(
        new SetAlarmStateCommand({ AlarmName: 'a', StateValue: 'OK', StateReason: 'b' }),
      ),
  },
  route53: {
    protocol: 'rest',
    action: 'ListHostedZones',
    sample: ({ route53 }, bend) => route53.send(bent(new ListHostedZonesCommand({}), bend)),
    notSimulated: ({ route53 }) => route53.send(new ListHealthChecksCommand({})),
  },
  sns: {
    protocol: 'query',
    action: 'ListTopics',
    sample: ({ sns }, bend) => sns.send(bent(new ListTopicsCommand({}), bend)),
    notSimulated: ({ sns }) => sns.send(new ListPlatformApplicationsCommand({})),
    denied: 'AuthorizationErrorException',
  },
  sqs: {
    protocol: 'json',
    action: 'ListQueues',
    sample: ({ sqs }, bend) => sqs.send(bent(new ListQueuesCommand({}), bend)),
    notSimulated: ({ sqs }) => sqs.send(new StartMessageMoveTaskCommand({ SourceArn: 'x' })),
    throttled: 'RequestThrottled',
  },
  sts: {
    protocol: 'query',
    action: 'GetAccessKeyInfo',
    sample: ({ sts }, bend) => sts.send(bent(new GetAccessKeyInfoCommand(accessKey), bend)),
    notSimulated: ({ sts }) => sts.send(new GetSessionTokenCommand({})),
  },
};

export const everyServiceErrors = errorsOf(
  'every-service.ts',
  openCallers,
  Object.assign(
    {},
    ...Object.entries(services).map(([name, service]) =>
      inService(name, { '*': { ...callerCodes(name, service), ...requestCodes(name, service) } }),
    ),
  ) as Codes<CallerScene>,
);

const QUARTER = 15 * 60_000;
const UNKNOWN = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'simulator' };
const GUESS = { accessKeyId: VENDOR, secretAccessKey: 'guess' };

function callerCodes(name: string, service: Service): Codes<CallerScene>[string] {
  const { sample, denied = 'AccessDenied', throttled = 'Throttling' } = service;
  const limits = { [`${name}:${service.action}`]: { bucket: 0, refill: 0 } };
  const unknown: Attempt<CallerScene> = ({ lab }) => sample(lab.as(UNKNOWN));
  const wrong: Attempt<CallerScene> = ({ lab }) => sample(lab.as(GUESS));
  const over: Attempt<CallerScene> = ({ lab, expired }) => sample(lab.as(expired));
  const old = oldSignature(sample);
  const known: Codes<CallerScene>[string] =
    name === 'ec2'
      ? { AuthFailure: [unknown, wrong], RequestExpired: [over, old] }
      : {
          InvalidClientTokenId: unknown,
          SignatureDoesNotMatch: [wrong, old],
          ExpiredToken: over,
        };
  return {
    ...known,
    IncompleteSignature: ({ lab }) => sample(lab.as(VENDOR), header('authorization', 'AWS4 x=y')),
    MissingAuthenticationToken: ({ lab }) => sample(lab.as(VENDOR), header('authorization')),
    [denied]: ({ limited }) => sample(limited),
    [throttled]: inWorld({ throttling: { throttling: 'aws', limits } }, ({ lab }) =>
      sample(lab.as(VENDOR)),
    ),
    UnsupportedOperation: ({ lab }) => service.notSimulated(lab.as(VENDOR)),
    [sdkName(name, 'InternalError')]: inWorld(
      {
        admit: () => {
          throw new Error('A bug, of which a test needs one.');
        },
      },
      ({ lab }) => sample(lab.as(OTHER_CUSTOMER)),
    ),
  };
}

function requestCodes(name: string, { protocol, sample }: Service): Codes<CallerScene>[string] {
  const sending =
    (bend: Bend): Attempt<CallerScene> =>
    ({ lab }) =>
      sample(lab.as(VENDOR), bend);
  const more = (text: string) => sending(body((old) => `${old}&${text}`));
  const instead = (from: RegExp, to: string) => sending(body((old) => old.replace(from, to)));
  if (protocol === 'rest') return { InvalidAction: sending(path('/2013-04-01/nothing')) };
  if (protocol === 'json') {
    return {
      SerializationException: sending(body(() => '{')),
      UnknownOperationException: sending(header('x-amz-target', 'Nothing.Else', 'build')),
      UnknownParameter: sending(body(() => '{"Colour":"red"}')),
    };
  }
  const wrongVersion = instead(/Version=[^&]*/, 'Version=2000-01-01');
  const wrongAction = instead(/Action=[^&]*/, 'Action=Nothing');
  return {
    ...(name === 'ec2'
      ? { InvalidAction: wrongAction, NoSuchVersion: wrongVersion }
      : { InvalidAction: [wrongAction, wrongVersion] }),
    MalformedQueryString: more('Version=2000-01-01'),
    MissingAction: instead(/Action=[^&]*&/, ''),
    UnknownParameter: more('Colour=red'),
  };
}

/** Signs by a clock that is sixteen minutes behind. */
function oldSignature(sample: Sample): Attempt<CallerScene> {
  return async ({ lab }) => {
    const clients = lab.as(OTHER_CUSTOMER, 'us-west-2');
    const all = Object.values(clients) as { config: { systemClockOffset: number } }[];
    const before = all.map(({ config }) => config.systemClockOffset);
    for (const { config } of all) config.systemClockOffset -= QUARTER + 60_000;
    try {
      return await sample(clients);
    } finally {
      all.forEach(({ config }, index) => (config.systemClockOffset = before[index] ?? 0));
    }
  };
}

async function openCallers(options: SimulatorOptions): Promise<CallerScene> {
  const lab = await openLab({ world: limitedVendor(), ...options });
  if (Object.keys(options).length > 0) return { lab, limited: lab.as(VENDOR), expired: GUESS };
  const RoleArn = `arn:aws:iam::${CUSTOMER}:role/network`;
  const expired = await keysOf(lab, CUSTOMER, { RoleArn, DurationSeconds: 900 });
  lab.advance(QUARTER);
  return { lab, limited: await asLimited(lab), expired };
}
