// docs/metrics.md, from the ledger of metrics: what each one tells, and what to be woken for.

import { metricLedger, type MetricEntry } from '../../packages/api/src/metrics/ledger.ts';
import type { Generator } from './generation.ts';

export const generator: Generator = {
  name: 'metrics page',
  outputs: async () => new Map([['docs/metrics.md', metricsPage()]]),
};

const head = `<!-- Written by \`pnpm generate\` from packages/api/src/metrics/ledger.ts. -->
# Metrics

With \`SALLYPORT_METRICS_PORT\` set, each process serves \`/metrics\` for Prometheus, on a listener
of its own, without a key: let only your monitoring reach it. Besides what is below there are the
usual metrics of a Node.js process (\`process_*\`, \`nodejs_*\`).

No label has an id or a text that callers choose. What comes from the database is the same from
every process, so take \`max by (…)\` of it.

| metric | type | labels | from | tells |
|---|---|---|---|---|`;

const alerts = `
## Alerts to begin with

\`\`\`yaml
groups:
  - name: sallyport
    rules:
      - alert: SallyportDatabaseDown
        expr: min(sallyport_database_up) == 0
        for: 1m
      - alert: SallyportWorkersBehind
        expr: max by (kind) (sallyport_target_lag_seconds) > 60
        for: 5m
      - alert: SallyportTargetsFail
        expr: max by (kind) (sallyport_targets_failing) > 0
        for: 15m
      - alert: SallyportAlarm
        expr: max by (kind) (sallyport_alarms{severity="alarm"}) > 0
      - alert: SallyportThrottled
        expr: sum by (action) (rate(sallyport_aws_throttled_total[10m])) > 0.1
        for: 10m
      - alert: SallyportFails
        expr: sum(rate(sallyport_http_request_duration_seconds_count{status=~"5.."}[5m])) > 0
        for: 5m
      - alert: SallyportSlow
        expr: >-
          histogram_quantile(0.99, sum by (le) (rate(
            sallyport_http_request_duration_seconds_bucket{route!="none",waits="false"}[5m]))) > 1
        for: 10m
      - alert: SallyportAuditLogNotSealed
        expr: min_over_time(sallyport_audit_unsealed[15m]) > 0
\`\`\`
`;

/** The page, with a row for each metric. */
export function metricsPage(): string {
  const rows = Object.entries(metricLedger as Record<string, MetricEntry>).map(
    ([name, { type, labels, from, help }]) => {
      const named = labels.map((label) => `\`${label}\``).join(', ') || '–';
      return `| \`${name}\` | ${type} | ${named} | ${from} | ${help} |`;
    },
  );
  return `${[head, ...rows].join('\n')}\n${alerts}`;
}
