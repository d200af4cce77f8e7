// Of all that was reported of a connection, what tells of it as it is now: of each part the newest,
// unless that is too old, or from before the connection came into its state.

import type { Connection } from './connection.ts';
import type { Observation, ObservationReport, TcpReport } from './observation.ts';

/** One part of a report, and who saw it when. */
export interface Seen<Part> {
  part: Part;
  observedAt: Date;
  vantage: string | null;
}

export interface SeenParts {
  network: Seen<NonNullable<ObservationReport['network']>> | null;
  dns: Seen<NonNullable<ObservationReport['dns']>> | null;
  tcp: Seen<TcpReport[]> | null;
  tls: Seen<NonNullable<ObservationReport['tls']>> | null;
  certificate: Seen<NonNullable<ObservationReport['certificate']>> | null;
  securityGroups: Seen<NonNullable<ObservationReport['securityGroups']>> | null;
  /** The newest report of all, whatever is in it and however old. */
  last: Pick<Observation, 'observedAt' | 'source'> | null;
}

export const nothingSeen: SeenParts = {
  network: null,
  dns: null,
  tcp: null,
  tls: null,
  certificate: null,
  securityGroups: null,
  last: null,
};

/** What was seen yesterday may have been mended, or broken, since. */
export const observationLifetimeMs = 24 * 3_600_000;

export function seenParts(
  observations: readonly Observation[],
  { stateSince }: Pick<Connection, 'stateSince'>,
  now: Date,
): SeenParts {
  const from = Math.max(stateSince.getTime(), now.getTime() - observationLifetimeMs);
  const newestFirst = observations.toSorted((a, b) => +b.observedAt - +a.observedAt);
  const counting = newestFirst.filter(({ observedAt }) => observedAt.getTime() >= from);
  const newest = <Part>(read: (report: ObservationReport) => Part | null): Seen<Part> | null => {
    for (const { report, observedAt } of counting) {
      const part = read(report);
      if (part !== null) return { part, observedAt, vantage: report.vantage };
    }
    return null;
  };
  return {
    network: newest(({ network }) => network),
    dns: newest(({ dns }) => dns),
    tcp: newest(({ tcp }) => (tcp.length > 0 ? tcp : null)),
    tls: newest(({ tls }) => tls),
    certificate: newest(({ certificate }) => certificate),
    securityGroups: newest(({ securityGroups }) => securityGroups),
    last: newestFirst[0] ?? null,
  };
}
