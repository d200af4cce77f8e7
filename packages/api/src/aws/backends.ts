// BackendPort over Elastic Load Balancing and CloudWatch: whether targets answer, and what went
// through endpoints. Reads only.

import type { CloudWatch, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type {
  ElasticLoadBalancingV2,
  Listener,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { BackendGroup, BackendListener } from '../domain/backend.ts';
import { AwsError } from './errors.ts';
import { readPages } from './pages.ts';
import type { BackendPort, EndpointKey, TrafficFacts, TrafficWindow } from './ports.ts';
import { requireItems, requireMember } from './required.ts';

export interface OpenBackends {
  elb: (signal: AbortSignal) => Promise<ElasticLoadBalancingV2>;
  cloudWatch: (signal: AbortSignal) => Promise<CloudWatch>;
}

export function createBackends(open: OpenBackends): BackendPort {
  return {
    listeners: (loadBalancerArn, signal) => readListeners(open, loadBalancerArn, signal),
    traffic: async (endpoints, window, signal) => {
      const facts: TrafficFacts[] = [];
      requireItems('endpoints', endpoints);
      for (let at = 0; at < endpoints.length; at += endpointsOfCall) {
        const some = endpoints.slice(at, at + endpointsOfCall);
        facts.push(...(await readTraffic(open, some, window, signal)));
      }
      return facts;
    },
  };
}

async function readListeners(
  open: OpenBackends,
  LoadBalancerArn: string,
  signal: AbortSignal,
): Promise<BackendListener[]> {
  const elb = await open.elb(signal);
  const options = { abortSignal: signal };
  try {
    const listeners = await readPages('DescribeListeners', async (Marker) => {
      const page = await elb.describeListeners({ LoadBalancerArn, Marker }, options);
      return { items: page.Listeners, next: page.NextMarker };
    });
    const arns = [...new Set(listeners.flatMap(groupsOf))];
    const groups = new Map<string, BackendGroup>();
    for (const TargetGroupArn of arns) {
      const answer = await elb.describeTargetHealth({ TargetGroupArn }, options);
      groups.set(TargetGroupArn, groupFacts(TargetGroupArn, answer.TargetHealthDescriptions ?? []));
    }
    return listeners.map((listener) => ({
      port: requireMember('DescribeListeners', 'port', listener.Port),
      protocol: listener.Protocol ?? 'TCP',
      groups: groupsOf(listener).map((arn) => groups.get(arn)!),
    }));
  } catch (error) {
    // A load balancer that is gone has no listeners.
    if (error instanceof AwsError && error.kind === 'not_found') return [];
    throw error;
  }
}

/** A Network Load Balancer forwards to one group, or by weight to several. */
function groupsOf({ DefaultActions = [] }: Listener): string[] {
  const arns = DefaultActions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
    TargetGroupArn,
    ...(ForwardConfig?.TargetGroups ?? []).map((group) => group.TargetGroupArn),
  ]);
  return [...new Set(arns.filter((arn) => arn !== undefined))];
}

function groupFacts(targetGroupArn: string, targets: TargetHealthDescription[]): BackendGroup {
  const health = targets.map(({ TargetHealth }) => TargetHealth);
  const bad = health.filter((one) => one?.State !== 'healthy');
  const reasons = new Set(bad.map((one) => one?.Reason ?? one?.State ?? 'unknown'));
  return {
    targetGroupArn,
    healthy: health.length - bad.length,
    total: health.length,
    reasons: [...reasons].sort(),
  };
}

/** The metrics of a provider's endpoint (AWS PrivateLink guide, CloudWatch metrics). */
const metrics = {
  bytes: 'BytesProcessed',
  newConnections: 'NewConnections',
  resets: 'RstPacketsSent',
} as const;
const names = Object.keys(metrics) as (keyof typeof metrics)[];
/** GetMetricData takes up to 500 metrics at once (CloudWatch API reference). */
const endpointsOfCall = Math.floor(500 / names.length);
const periodSeconds = 300;

async function readTraffic(
  open: OpenBackends,
  endpoints: EndpointKey[],
  { from, until }: TrafficWindow,
  signal: AbortSignal,
): Promise<TrafficFacts[]> {
  const cloudWatch = await open.cloudWatch(signal);
  const MetricDataQueries = endpoints.flatMap(queriesOf);
  const results = await readPages('GetMetricData', async (NextToken) => {
    const input = { MetricDataQueries, StartTime: from, EndTime: until, NextToken };
    const page = await cloudWatch.getMetricData(input, { abortSignal: signal });
    return { items: page.MetricDataResults, next: page.NextToken };
  });
  const sums = new Map<string, number>();
  for (const { Id = '', Values = [] } of results) {
    const sum = Values.reduce((total, value) => total + value, 0);
    sums.set(Id, (sums.get(Id) ?? 0) + sum);
  }
  return endpoints.map(({ vpcEndpointId }, index) => {
    const of = (name: keyof typeof metrics) => sums.get(`${name.toLowerCase()}_${index}`) ?? 0;
    const counted = { bytes: of('bytes'), newConnections: of('newConnections') };
    return { vpcEndpointId, ...counted, resets: of('resets') };
  });
}

function queriesOf({ serviceId, vpcEndpointId }: EndpointKey, index: number): MetricDataQuery[] {
  const Dimensions = [
    { Name: 'Service Id', Value: serviceId },
    { Name: 'VPC Endpoint Id', Value: vpcEndpointId },
  ];
  return names.map((name) => ({
    Id: `${name.toLowerCase()}_${index}`,
    MetricStat: {
      Metric: { Namespace: 'AWS/PrivateLinkServices', MetricName: metrics[name], Dimensions },
      Period: periodSeconds,
      Stat: 'Sum',
    },
  }));
}
