// The program's commands: the flags of each, and the one call that it makes.
import { prove, type ProofMethod, proofMethods } from '../aws/prove.ts';
import { openClients } from '../aws/clients.ts';
import { connect } from '../aws/connect.ts';
import { disconnect, planDisconnection } from '../aws/disconnect.ts';
import { observe } from '../aws/observe.ts';
import { planConnection } from '../aws/plan.ts';
import { preflight } from '../aws/preflight.ts';
import { clientOf } from './client.ts';
import {
  connectionFlags,
  connectionOptions,
  flag,
  type Flags,
  type Given,
  regionOf,
} from './flags.ts';
import { redeem } from './redeem.ts';
import {
  type ExitCode,
  exitCodes,
  type Outcome,
  type Surroundings,
  UsageError,
} from './surroundings.ts';
import { checkLines, nextLines, planLines } from './text.ts';

export interface Command {
  about: string;
  /** What it is called with, behind its name. */
  usage: string;
  flags: Flags;
  run(given: Given, around: Surroundings): Promise<Outcome>;
}

const { one, many, yesNo } = flag;

export const commands: Readonly<Record<string, Command>> = {
  connect: {
    about: 'Prove the account, make the endpoint, wait, and switch private DNS on.',
    usage: '--region <region> [--vpc-id <vpc>] [--dry-run] [--replace]',
    flags: {
      ...connectionFlags,
      'dry-run': yesNo,
      replace: yesNo,
      'no-prove': yesNo,
      audience: one,
      tag: many,
      timeout: one,
    },
    run: runConnect,
  },
  preflight: {
    about: 'Look whether a VPC would get a connection that works. Changes nothing.',
    usage: '--region <region> [--vpc-id <vpc>]',
    flags: connectionFlags,
    run: runPreflight,
  },
  prove: {
    about: 'Prove that the AWS account of your credentials is yours.',
    usage: '--account-id <12 digits> --region <region> [--method <method>] [--role-name <role>]',
    flags: {
      region: one,
      'account-id': one,
      'customer-id': one,
      audience: one,
      method: one,
      'role-name': one,
    },
    run: runProve,
  },
  observe: {
    about: 'Look at a connection from this machine, and report it for the diagnosis.',
    usage: '<vpce-… or con_…> [--region <region>] [--host <name>] [--no-report]',
    flags: {
      region: one,
      host: one,
      port: one,
      vantage: one,
      'no-tls': yesNo,
      'no-report': yesNo,
    },
    run: runObserve,
  },
  disconnect: {
    about: 'Delete the endpoint that `connect` has made, and its security group.',
    usage: '--region <region> [--vpc-id <vpc>] (--dry-run | --yes)',
    flags: {
      region: one,
      'vpc-id': one,
      service: one,
      name: one,
      'dry-run': yesNo,
      yes: yesNo,
      timeout: one,
    },
    run: runDisconnect,
  },
  redeem: {
    about: 'Redeem the invite on standard input for an API key, written to a file of mode 0600.',
    usage: '--key-file <path> < invite',
    flags: { 'key-file': one, 'key-name': one },
    run: redeem,
  },
};

async function runConnect(given: Given, around: Surroundings): Promise<Outcome> {
  const client = await clientOf(given, around);
  const options = {
    ...connectionOptions(given, around.env),
    replace: given.isSet('replace'),
    prove: !given.isSet('no-prove'),
    audience: given.text('audience'),
    tags: tagsOf(given.list('tag') ?? []),
    timeoutMs: timeoutOf(given),
    signal: around.signal,
  };
  if (given.isSet('dry-run')) {
    const plan = await planConnection(client, options);
    return { result: plan, lines: planLines(plan), code: codeOf(plan.works) };
  }
  const onProgress = progressOf(around);
  const result = await connect(client, { ...options, onProgress });
  const { dns, vpc_endpoint_id: id } = result;
  const target = dns.target && `Make ${dns.name ?? 'your name'} an alias of ${dns.target.name}.`;
  const name = dns.private_dns_enabled ? ` as ${dns.name}` : '';
  const lines = [`${id} is available${name}.`, ...(target ? [target] : [])];
  return { result, lines, code: exitCodes.ok };
}

async function runPreflight(given: Given, around: Surroundings): Promise<Outcome> {
  const client = await clientOf(given, around);
  const options = { ...connectionOptions(given, around.env), signal: around.signal };
  const result = await preflight(client, options);
  const { ready, summary, next, checks } = result;
  const lines = [
    ...checkLines(checks),
    '',
    `ready: ${ready}. ${summary}`,
    ...(next ? nextLines(next) : []),
  ];
  return { result, lines, code: codeOf(ready) };
}

async function runProve(given: Given, around: Surroundings): Promise<Outcome> {
  const client = await clientOf(given, around);
  const region = regionOf(given, around.env);
  const accountId = given.text('account-id');
  if (accountId === undefined) throw new UsageError('Say which account: --account-id <12 digits>.');
  const method = given.text('method') as ProofMethod | undefined;
  if (method !== undefined && !proofMethods.includes(method)) {
    throw new UsageError(`--method is one of ${proofMethods.join(', ')}.`);
  }
  // A role proves it by itself: nobody here needs credentials of AWS.
  const clients = method === 'role' ? undefined : await openClients({ region });
  try {
    const result = await prove(client, {
      method,
      role_name: given.text('role-name'),
      account_id: accountId,
      customer_id: given.text('customer-id'),
      ...(clients && { credentials: () => clients.credentials() }),
      region,
      audience: given.text('audience'),
      signal: around.signal,
      onProgress: ({ step }) => around.note(`prove  ${step}`),
    });
    const lines = [`Account ${result.account_id} is ${result.standing}.`];
    return { result, lines, code: exitCodes.ok };
  } finally {
    clients?.close();
  }
}

async function runObserve(given: Given, around: Surroundings): Promise<Outcome> {
  const [id, ...more] = given.positionals;
  if (id === undefined || more.length > 0) throw new UsageError('Name one connection: vpce-….');
  const client = await clientOf(given, around);
  const result = await observe(client, id, {
    region: given.text('region'),
    host: given.text('host'),
    port: given.number('port'),
    vantage: given.text('vantage'),
    tls: !given.isSet('no-tls'),
    report: !given.isSet('no-report'),
    signal: around.signal,
    onProgress: ({ step, message }) => around.note(`${step.padEnd(8)} ${message}`),
  });
  const { diagnosis, seen } = result;
  if (!diagnosis) {
    return { result, lines: JSON.stringify(seen, null, 2).split('\n'), code: exitCodes.ok };
  }
  const { works, summary, next, checks } = diagnosis;
  const end = ['', `works: ${works}. ${summary}`, ...(next ? nextLines(next) : [])];
  return { result, lines: [...checkLines(checks), ...end], code: codeOf(works) };
}

async function runDisconnect(given: Given, around: Surroundings): Promise<Outcome> {
  const options = {
    region: regionOf(given, around.env),
    vpc_id: given.text('vpc-id'),
    service: given.text('service'),
    name: given.text('name'),
    timeoutMs: timeoutOf(given),
    signal: around.signal,
  };
  const plan = await planDisconnection(options);
  const what = [plan.vpc_endpoint_id, ...plan.security_group_ids].filter((id) => id !== null);
  if (what.length === 0) {
    return { result: plan, lines: ['There is nothing to delete.'], code: exitCodes.ok };
  }
  if (given.isSet('dry-run')) {
    return { result: plan, lines: [`Would delete ${what.join(', ')}.`], code: exitCodes.ok };
  }
  if (!given.isSet('yes')) {
    throw new UsageError(`This deletes ${what.join(', ')}. Say --yes to do it.`);
  }
  const onProgress = progressOf(around);
  const result = await disconnect({ ...options, onProgress });
  return { result, lines: [`Deleted ${what.join(', ')}.`], code: exitCodes.ok };
}

/** The same message twice says nothing new. */
function progressOf(around: Surroundings) {
  let last = '';
  return ({ step, message }: { step: string; message: string }) => {
    const line = `${step.padEnd(14)} ${message}`;
    if (line !== last) around.note(line);
    last = line;
  };
}

function codeOf(answer: string): ExitCode {
  if (answer === 'yes') return exitCodes.ok;
  return answer === 'no' ? exitCodes.dead : exitCodes.pending;
}

function timeoutOf(given: Given): number | undefined {
  const seconds = given.number('timeout');
  return seconds === undefined ? undefined : seconds * 1000;
}

function tagsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`--tag must be key=value, not "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
