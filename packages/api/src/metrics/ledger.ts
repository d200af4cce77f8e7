// Every metric there is: what it tells, and by which labels. docs/metrics.md is made from this. No
// label has ids or anything that callers choose, so that the number of series is bounded.

export interface MetricEntry {
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  labels: readonly string[];
  /** Upper bounds in seconds, of a histogram. */
  buckets?: readonly number[];
  /** `database`: the same from every replica, so take the maximum. */
  from: 'process' | 'database';
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export const metricLedger = {
  sallyport_http_request_duration_seconds: {
    type: 'histogram',
    help:
      'How long requests took, by the template of their route; `none` where there is none. ' +
      '`waits` is `true` of reads with `wait` and of streams, as long as their callers like.',
    labels: ['method', 'route', 'status', 'waits'],
    buckets: seconds,
    from: 'process',
  },
  sallyport_aws_call_duration_seconds: {
    type: 'histogram',
    help: 'How long calls of AWS took, repeats by the SDK included.',
    labels: ['action'],
    buckets: seconds,
    from: 'process',
  },
  sallyport_aws_calls_total: {
    type: 'counter',
    help: 'Calls of AWS, by their code; `ok` for those that succeeded.',
    labels: ['action', 'code'],
    from: 'process',
  },
  sallyport_aws_throttled_total: {
    type: 'counter',
    help: 'Calls that AWS throttled.',
    labels: ['action'],
    from: 'process',
  },
  sallyport_database_connections: {
    type: 'gauge',
    help: 'Connections of the pool (`open`, `idle`), and who waits for one (`waiting`).',
    labels: ['state'],
    from: 'process',
  },
  sallyport_database_up: {
    type: 'gauge',
    help: 'Whether the database answered; 0 means that all that comes from it is missing.',
    labels: [],
    from: 'process',
  },
  sallyport_target_lag_seconds: {
    type: 'gauge',
    help: 'For how long the target that has waited longest has been due and not taken.',
    labels: ['kind'],
    from: 'database',
  },
  sallyport_targets_failing: {
    type: 'gauge',
    help: 'Targets whose last run failed.',
    labels: ['kind'],
    from: 'database',
  },
  sallyport_connections: {
    type: 'gauge',
    help: 'Connections by state.',
    labels: ['state'],
    from: 'database',
  },
  sallyport_connection_available_seconds: {
    type: 'gauge',
    help: 'From request to available, of connections that became available within a day.',
    labels: ['percentile'],
    from: 'database',
  },
  sallyport_connection_time_to_available_seconds: {
    type: 'histogram',
    help: 'From request to available, of the connections that a worker has seen come up.',
    labels: [],
    buckets: [5, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600, 86_400],
    from: 'process',
  },
  sallyport_alarms: {
    type: 'gauge',
    help: 'What the drift reports raise, by kind.',
    labels: ['kind', 'severity'],
    from: 'database',
  },
  sallyport_deliveries: {
    type: 'gauge',
    help: 'Deliveries to webhooks that are kept, by state.',
    labels: ['state'],
    from: 'database',
  },
  sallyport_audit_unsealed: {
    type: 'gauge',
    help: 'Entries of the audit log that wait for a seal.',
    labels: [],
    from: 'database',
  },
} as const satisfies Record<string, MetricEntry>;

export type MetricName = keyof typeof metricLedger;
