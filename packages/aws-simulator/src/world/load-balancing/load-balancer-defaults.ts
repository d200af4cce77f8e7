// What a load balancer and a target group are when nothing is said (ELBv2 API reference).

import type { HealthCheck, LoadBalancer } from './load-balancer.ts';

/** The attributes, in the order in which they are shown. */
export function defaultAttributes(type: LoadBalancer['type']): Map<string, string> {
  const common: [string, string][] = [
    ['deletion_protection.enabled', 'false'],
    ['load_balancing.cross_zone.enabled', 'false'],
  ];
  if (type === 'gateway') return new Map(common);
  return new Map([
    ...common,
    ['access_logs.s3.enabled', 'false'],
    ['access_logs.s3.bucket', ''],
    ['access_logs.s3.prefix', ''],
    ['ipv6.deny_all_igw_traffic', 'false'],
    ['zonal_shift.config.enabled', 'false'],
    ['dns_record.client_routing_policy', 'any_availability_zone'],
    ['secondary_ips.auto_assigned.per_subnet', '0'],
  ]);
}

/** @param protocol of the target group. */
export function defaultHealthCheck(protocol: string): HealthCheck {
  const gateway = protocol === 'GENEVE';
  return {
    protocol: 'TCP',
    port: gateway ? '80' : 'traffic-port',
    path: undefined,
    httpCodes: undefined,
    intervalSeconds: gateway ? 10 : 30,
    timeoutSeconds: gateway ? 5 : 10,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
  };
}
