// Watches the calls that the SDK clients of a lab make, and leaves one member out of them when told
// to. It changes nothing else and judges nothing.

import type { Clients, Lab } from '../lab.ts';

export interface ObservedCall {
  /** For example `ec2:DescribeVpcs`. */
  readonly operation: string;
  readonly input: unknown;
  /** What was answered; undefined when the call failed. */
  readonly output?: unknown;
}

export interface Omission {
  readonly operation: string;
  readonly path: string;
}

export interface Watch {
  see(call: ObservedCall): void;
  readonly omit?: Omission;
}

/** A lab whose calls are told to whoever watches at the time. */
export interface WatchedLab {
  readonly lab: Lab;
  watch(watch: Watch): void;
}

type Client = Clients[keyof Clients];
type Next = (args: { input: unknown }) => Promise<{ output: unknown }>;

const serviceNames: Readonly<Record<string, string>> = {
  EC2Client: 'ec2',
  Route53Client: 'route53',
  STSClient: 'sts',
  ElasticLoadBalancingV2Client: 'elasticloadbalancing',
  SNSClient: 'sns',
  SQSClient: 'sqs',
  CloudWatchClient: 'monitoring',
  IAMClient: 'iam',
};

export function watchedLab(lab: Lab): WatchedLab {
  let watching: Watch = { see: () => undefined };
  const known = new WeakSet<Client>();
  const watched = (client: Client): Client => {
    if (known.has(client)) return client;
    known.add(client);
    addWatcher(client, () => watching);
    return client;
  };
  const as: Lab['as'] = (who, region) =>
    new Proxy(lab.as(who, region), {
      get: (clients, name) => {
        const client = Reflect.get(clients, name) as Client | undefined;
        // A proxy that is awaited is asked for `then`, which is no client.
        return client && watched(client);
      },
    });
  return {
    lab: { ...lab, as },
    watch: (watch) => {
      watching = watch;
    },
  };
}

/** Whether a value has something at the path; `Filters[name]` is a filter of that name. */
export function hasMember(value: unknown, path: string): boolean {
  return valuesAt(value, stepsOf(path)).length > 0;
}

/** The paths of everything a value has, each once. */
export function pathsIn(value: unknown, at = ''): string[] {
  if (value === undefined || value === null) return [];
  const here = at === '' ? [] : [at];
  if (Array.isArray(value)) {
    return [...new Set([...here, ...value.flatMap((item) => pathsIn(item, at))])];
  }
  if (typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array)
    return here;
  const inner = Object.entries(value).flatMap(([name, item]) =>
    name === '$metadata' ? [] : pathsIn(listed(name, item), at === '' ? name : `${at}.${name}`),
  );
  return [...here, ...inner];
}

function addWatcher(client: Client, watching: () => Watch): void {
  const watcher =
    (next: Next, context: { clientName?: string; commandName?: string }) =>
    async (args: { input: unknown }) => {
      const { see, omit } = watching();
      const service = serviceNames[context.clientName ?? ''] ?? context.clientName;
      const operation = `${service}:${context.commandName?.replace(/Command$/, '')}`;
      const { input } = args;
      const sent = omit?.operation === operation ? without(input, stepsOf(omit.path)) : input;
      try {
        const result = await next({ ...args, input: sent });
        see({ operation, input, output: result.output });
        return result;
      } catch (error) {
        see({ operation, input });
        throw error;
      }
    };
  // The stack's own type knows the inputs and outputs of one service; the watcher is for all.
  const stack = client.middlewareStack as unknown as {
    add(middleware: typeof watcher, options: object): void;
  };
  stack.add(watcher, { step: 'initialize', name: 'conformanceWatcher', priority: 'high' });
}

type Step = string | { readonly filter: string };

function stepsOf(path: string): Step[] {
  const [, filter] = /^Filters\[(.+)\]$/.exec(path) ?? [];
  return filter === undefined ? path.split('.') : ['Filters', { filter }];
}

function valuesAt(value: unknown, [step, ...rest]: readonly Step[]): unknown[] {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, [step, ...rest]));
  if (typeof step !== 'string') return isFilter(value, step.filter) ? [value] : [];
  const inner = (value as Record<string, unknown>)[step];
  return valuesAt(rest.length === 0 ? inner : listed(step, inner), rest);
}

/** Maps to structures: their members are named as if the map were a list of them. */
const structureMaps = ['MessageAttributes', 'MessageSystemAttributes'];

function listed(name: string, value: unknown): unknown {
  const isMap = structureMaps.includes(name) && typeof value === 'object' && value !== null;
  return isMap ? Object.values(value) : value;
}

function without(value: unknown, [step, ...rest]: readonly Step[]): unknown {
  if (typeof value !== 'object' || value === null || step === undefined) return value;
  if (Array.isArray(value)) {
    const kept = value.filter((item) => typeof step === 'string' || !isFilter(item, step.filter));
    return kept.map((item) => without(item, [step, ...rest]));
  }
  if (typeof step !== 'string') return value;
  const { [step]: inner, ...others } = value as Record<string, unknown>;
  if (rest.length === 0 || inner === undefined) return others;
  if (!structureMaps.includes(step)) return { ...others, [step]: without(inner, rest) };
  const kept = Object.entries(inner as object).map(([key, item]) => [key, without(item, rest)]);
  return { ...others, [step]: Object.fromEntries(kept) as object };
}

// `tag:<key>` stands for every key.
function isFilter(value: unknown, wanted: string): boolean {
  const name = String((value as { Name?: unknown }).Name);
  return wanted === 'tag:<key>' ? name.startsWith('tag:') : name === wanted;
}
