// The operations of CloudWatch that are simulated.

import type { Operations } from '../call.ts';
import { listMetrics } from './list-metrics.ts';
import { getMetricData } from './metric-data.ts';
import { getMetricStatistics } from './metric-statistics.ts';

export const monitoringOperations: Operations = {
  GetMetricData: getMetricData,
  GetMetricStatistics: getMetricStatistics,
  ListMetrics: listMetrics,
};
