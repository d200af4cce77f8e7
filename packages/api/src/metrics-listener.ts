// Serves the metrics of this process on a listener of their own, where the settings say so. Nobody
// is asked for a key there, so it is for a network that only the monitoring reaches.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { kindOfCode } from './aws/errors.ts';
import type { AwsCall } from './aws/ports.ts';
import type { Config } from './config.ts';
import type { Answered } from './http/request-log.ts';
import { createMetrics, type Metrics as Told } from './metrics/metrics.ts';
import type { Database } from './storage/postgres/database.ts';

export interface Metrics {
  onAnswer: (answer: Answered) => void;
  onCall: (call: AwsCall) => void;
  onAvailable: (seconds: number) => void;
  close: () => Promise<void>;
}

/** @throws Error that says which setting to change, when it cannot listen */
export async function startMetrics(
  { metrics: place }: Pick<Config, 'metrics'>,
  db: Database,
  log: Logger,
): Promise<Metrics> {
  if (place === null) return untold;
  const told = createMetrics({ db, now: () => new Date(), ofProcess: true });
  const server = createMetricsServer(told);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(`${whyNot(place.port)} (${error.code}).`, { cause: error }));
    });
    server.listen(place.port, place.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ host: place.host, port }, 'serving metrics');
  return {
    onAnswer: told.answered,
    onCall: ({ action, outcome, durationMs }) => {
      const throttled = outcome !== 'ok' && kindOfCode(outcome) === 'throttled';
      told.called({ action, code: outcome, throttled, seconds: durationMs / 1_000 });
    },
    onAvailable: told.cameUp,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const untold: Metrics = {
  onAnswer: () => {},
  onCall: () => {},
  onAvailable: () => {},
  close: async () => {},
};

function whyNot(port: number): string {
  return `Metrics cannot be served on port ${port}. Set SALLYPORT_METRICS_PORT to another`;
}

export function createMetricsServer({ text, contentType }: Pick<Told, 'text' | 'contentType'>) {
  return createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Metrics are at /metrics.\n');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'text/plain' }).end();
      return;
    }
    text().then(
      (body) => response.writeHead(200, { 'content-type': contentType }).end(body),
      () => response.writeHead(500, { 'content-type': 'text/plain' }).end(),
    );
  });
}
