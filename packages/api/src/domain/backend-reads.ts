// How often what is behind services is read: it serves diagnoses alone, so it costs little. Target
// health is free of charge, and metrics of CloudWatch are paid by the metric that is asked for (USD
// 10 for a million, CloudWatch pricing, GetMetricData).

/** Metrics that are asked for in an hour at most, of one region: 7 dollars a month. */
const metricsPerHour = 1_000;
/** What is counted of each connection. */
export const metricsOfConnection = 3;
const soonestMs = 300_000;
const hourMs = 3_600_000;

/** Milliseconds between reads of health: a call a second on average, or one read a minute. */
export function healthEveryMs(calls: number): number {
  return Math.max(60_000, calls * 1_000);
}

/** Milliseconds between reads of what went through this many connections. */
export function trafficEveryMs(connections: number): number {
  const hours = (connections * metricsOfConnection) / metricsPerHour;
  return Math.max(soonestMs, Math.ceil(hours * hourMs));
}

/**
 * Milliseconds that are counted: an hour, or as long as it is to the next read, in whole periods of
 * five minutes.
 */
export function trafficWindowMs(connections: number): number {
  return Math.ceil(Math.max(hourMs, trafficEveryMs(connections)) / soonestMs) * soonestMs;
}

/** What is older than this, of two reads that were missed, tells nothing of now. */
export function isStale(observedAt: Date, now: Date): boolean {
  return now.getTime() - observedAt.getTime() > hourMs;
}
