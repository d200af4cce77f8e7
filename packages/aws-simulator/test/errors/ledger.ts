// HOW TO WRITE A ROW of the error ledger. For each operation, the codes that it answers with, as
// the JavaScript SDK names them, each with one or more ways to meet it:
//
//   export const zoneErrors = errorsOf('route53/zones', open, inService('route53', {
//     GetHostedZone: {
//       NoSuchHostedZone: ({ client }) => client.send(new GetHostedZoneCommand({ Id: 'none' })),
//     },
//   }));
//
// * A way ends with the error, or answers with the code in its `Unsuccessful` or `Failed`: the page
// says which. The last call that a way makes is to the row's operation; `*` stands for every one. *
// The ways of a set share a scene. One that changes it, or that needs other knobs, quotas or times,
//   has its own: `alone(way)`, `inWorld({ knobs: … }, way)`.
// * What the message must contain: `saying('text', way)`.
//
// Put the set in a file of rows/, name it in rows/all.ts and write the page: see errors.test.ts.

import type { SimulatorOptions } from '../../src/index.ts';
import type { OpenLab } from '../lab.ts';

export interface Scene {
  readonly lab: OpenLab;
}

export type Attempt<S> = (scene: S) => Promise<unknown>;

export interface Way<S> {
  readonly attempt: Attempt<S>;
  /** A scene of its own, with these options. */
  readonly options?: SimulatorOptions;
  /** What the message must contain. */
  readonly says?: string;
}

type Ways<S> = Attempt<S> | Way<S> | readonly (Attempt<S> | Way<S>)[];

/** By operation, such as `ec2:DescribeVpcs` or `ec2:*`, and by code. */
export type Codes<S> = Readonly<Record<string, Readonly<Record<string, Ways<S>>>>>;

export interface Row {
  readonly service: string;
  readonly operation: string;
  readonly code: string;
  /** The file that has it, below rows/. */
  readonly file: string;
  readonly ways: readonly Way<never>[];
  readonly set: ErrorSet;
}

/** Rows that share a scene. */
export interface ErrorSet {
  readonly rows: readonly Row[];
  open(options: SimulatorOptions): Promise<Scene>;
}

export function errorsOf<S extends Scene>(
  file: string,
  open: (options: SimulatorOptions) => Promise<S>,
  codes: Codes<S>,
): ErrorSet {
  const rows: Row[] = [];
  const set: ErrorSet = { rows, open };
  for (const [name, byCode] of Object.entries(codes)) {
    const [service = '', operation = ''] = name.split(':');
    for (const [code, ways] of Object.entries(byCode)) {
      rows.push({ service, operation, code, file, ways: listed(ways), set });
    }
  }
  return set;
}

/** Puts the service in front of the names of its operations. */
export function inService<S>(service: string, codes: Codes<S>): Codes<S> {
  return Object.fromEntries(
    Object.entries(codes).map(([operation, rows]) => [`${service}:${operation}`, rows]),
  );
}

export function inWorld<S>(options: SimulatorOptions, way: Attempt<S> | Way<S>): Way<S> {
  return { ...asWay(way), options };
}

export function alone<S>(way: Attempt<S> | Way<S>): Way<S> {
  return inWorld({}, way);
}

export function saying<S>(says: string, way: Attempt<S> | Way<S>): Way<S> {
  return { ...asWay(way), says };
}

function listed<S>(ways: Ways<S>): readonly Way<never>[] {
  const list = (Array.isArray(ways) ? ways : [ways]) as readonly (Attempt<S> | Way<S>)[];
  return list.map(asWay);
}

function asWay<S>(way: Attempt<S> | Way<S>): Way<S> {
  return typeof way === 'function' ? { attempt: way } : way;
}
