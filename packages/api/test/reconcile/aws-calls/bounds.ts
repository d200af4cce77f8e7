// How many calls of AWS each job takes at least. The words to it, with the source of each number,
// are in docs/aws-calls.md.
//
// All services are in one account and region; principals and connections are those of each service.

export interface Size {
  services: number;
  principals: number;
  connections: number;
}

/** How often each action is called; what is not called at all is not in it. */
export type Calls = Readonly<Record<string, number>>;

/** The most items of one page: MaxResults of the three Describe calls (EC2 API reference). */
const pageSize = 1_000;
/** Principals or endpoints of one change: ours, as EC2 publishes no limit. */
const batchSize = 100;
/** Changes of one run, after which others have their turn. */
const changesOfRun = 10;

/** A list that is empty takes a call as well. */
export const pages = (items: number) => Math.max(1, Math.ceil(items / pageSize));
export const batches = (items: number) => Math.ceil(items / batchSize);
export const total = (calls: Calls) => Object.values(calls).reduce((sum, count) => sum + count, 0);

/** Everything is read once: also what a run costs that finds nothing to change. */
export function fullRead({ services, principals, connections }: Size): Calls {
  return calls({
    DescribeVpcEndpointServiceConfigurations: pages(services),
    DescribeVpcEndpointServicePermissions: services * pages(principals),
    DescribeVpcEndpointConnections: pages(services * connections),
  });
}

/**
 * So many principals are let in at one service: its list is read, each run is marked before it
 * changes anything, and the next read tells what has become of it, which another one has to agree
 * with. One of the connections looks whether somebody is waiting already.
 */
export function onboarding({ principals }: Size, added: number): Calls {
  const perRun = batchSize * changesOfRun;
  const runs = Math.ceil(added / perRun);
  const lists = numbers(runs + 1).map((run) => principals + Math.min(added, run * perRun));
  return calls({
    DescribeVpcEndpointServicePermissions: sum(lists.map(pages)) + pages(principals + added),
    CreateTags: runs,
    ModifyVpcEndpointServicePermissions: batches(added),
    DescribeVpcEndpointConnections: 1,
  });
}

/**
 * So many endpoints wait at each service, and all of them are accepted: the poll shows them, each
 * run is marked once for all its services, and the next read shows what has become of them.
 */
export function acceptance({ services, connections }: Size, waiting: number): Calls {
  const accepts = services * batches(waiting);
  const runs = Math.ceil(accepts / changesOfRun);
  const all = services * (connections + waiting);
  return calls({
    DescribeVpcEndpointConnections: pages(services * waiting) + runs * pages(all),
    CreateTags: runs,
    AcceptVpcEndpointConnections: accepts,
  });
}

/** What is read when nothing happens, in milliseconds from one time to the next. */
const pollMs = 5_000;
const readMs = 60_000;
/** Regular reads take no more than a tenth of AWS's 20 calls a second. */
const readsPerSecond = 2;

export function readEveryMs(pagesOfAll: number): number {
  return Math.max(readMs, Math.ceil(pagesOfAll / readsPerSecond) * 1_000);
}

/**
 * Nothing happens for so long, from a read of the configurations on, and for whole periods of the
 * others: each poll is one call, and one that is a full read takes all pages instead.
 */
export function idleWatch({ services, principals, connections }: Size, ms: number): Calls {
  const listEveryMs = readEveryMs(services * pages(principals));
  const allPages = pages(services * connections);
  const fullReads = ms / readEveryMs(allPages);
  return calls({
    DescribeVpcEndpointServiceConfigurations: Math.floor(ms / readMs) * pages(services),
    DescribeVpcEndpointServicePermissions: (ms / listEveryMs) * services * pages(principals),
    DescribeVpcEndpointConnections: ms / pollMs + fullReads * (allPages - 1),
  });
}

function calls(counts: Calls): Calls {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function sum(counts: number[]): number {
  return counts.reduce((before, count) => before + count, 0);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}
