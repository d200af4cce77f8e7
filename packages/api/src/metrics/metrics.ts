// The metrics of one process, and the text in which Prometheus reads them. What comes from the
// database is asked for at each scrape.

import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import * as storage from '../storage/metrics.ts';
import type { Database } from '../storage/postgres/database.ts';
import { metricLedger, type MetricEntry, type MetricName } from './ledger.ts';

export interface MetricsOptions {
  db: Pick<Database, 'query' | 'usage'>;
  now: () => Date;
  /** Tells of CPU, memory and the event loop too; they are watched until the process ends. */
  ofProcess?: boolean;
}

export interface Metrics {
  answered(answer: Answered): void;
  called(call: { action: string; code: string; throttled: boolean; seconds: number }): void;
  /** A connection came up so many seconds after it was asked for. */
  cameUp(seconds: number): void;
  contentType: string;
  text(): Promise<string>;
}

/** A request that was answered; `waits` of one that lasts as long as the caller likes. */
interface Answered {
  method: string;
  route: string | null;
  status: number;
  seconds: number;
  waits: boolean;
}

/** Gauges with the name of a counter, which `promtool` refuses; others tell the same by kind. */
const misnamed = ['handles', 'requests', 'resources'].map((what) => `nodejs_active_${what}_total`);

type Labels = Record<string, string>;

export function createMetrics({ db, now, ofProcess = false }: MetricsOptions): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const made = makeAll(registry);
  const codes = createCodes();
  const set = (name: MetricName, labels: Labels, value: number) =>
    (made[name] as Gauge).set(labels, value);
  return {
    answered: ({ method, route, status, seconds, waits }) => {
      const labels = {
        method,
        route: route ?? 'none',
        status: String(status),
        waits: String(waits),
      };
      (made.sallyport_http_request_duration_seconds as Histogram).observe(labels, seconds);
    },
    called: ({ action, code, throttled, seconds }) => {
      (made.sallyport_aws_call_duration_seconds as Histogram).observe({ action }, seconds);
      (made.sallyport_aws_calls_total as Counter).inc({ action, code: codes(code) });
      if (throttled) (made.sallyport_aws_throttled_total as Counter).inc({ action });
    },
    cameUp: (seconds) => {
      (made.sallyport_connection_time_to_available_seconds as Histogram).observe(seconds);
    },
    contentType: registry.contentType,
    text: async () => {
      for (const [state, count] of Object.entries(db.usage())) {
        set('sallyport_database_connections', { state }, count);
      }
      const samples = await storage.sample(db, now()).catch(() => null);
      set('sallyport_database_up', {}, samples === null ? 0 : 1);
      // A state that nothing is in any more is not to be told as it was.
      for (const name of ofDatabase) (made[name] as Gauge).reset();
      for (const { metric, labels, value } of samples ?? []) {
        set(metric as MetricName, labels, value);
      }
      // One without labels would be told as 0.
      if (samples === null) (made.sallyport_audit_unsealed as Gauge).remove();
      return registry.metrics();
    },
  };
}

const ledger: [MetricName, MetricEntry][] = Object.entries(metricLedger) as never;
const ofDatabase = ledger.flatMap(([name, { from }]) => (from === 'database' ? [name] : []));

function makeAll(registry: Registry): Record<MetricName, Counter | Gauge | Histogram> {
  const made = ledger.map(([name, entry]) => [name, make(registry, name, entry)]);
  return Object.fromEntries(made) as Record<MetricName, Counter | Gauge | Histogram>;
}

function make(registry: Registry, name: string, { type, help, labels, buckets }: MetricEntry) {
  const settings = { name, help, labelNames: [...labels], registers: [registry] };
  if (type === 'counter') return new Counter(settings);
  if (type === 'gauge') return new Gauge(settings);
  return new Histogram({ ...settings, buckets: [...(buckets ?? [])] });
}

const codesMax = 100;

/** AWS names the codes, and so do broken networks: those beyond a hundred are told as `other`. */
function createCodes(): (code: string) => string {
  const known = new Set<string>();
  return (code) => {
    if (!/^[\w.-]{1,80}$/.test(code)) return 'other';
    if (known.size < codesMax) known.add(code);
    return known.has(code) ? code : 'other';
  };
}
