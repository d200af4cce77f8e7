// What CloudWatch's operations need (AWS Service Authorization Reference): metrics have no ARNs.

import { type Ledger, withoutResource } from '../permission.ts';

export const monitoringPermissions: Ledger = withoutResource('cloudwatch', [
  'GetMetricData',
  'GetMetricStatistics',
  'ListMetrics',
]);
