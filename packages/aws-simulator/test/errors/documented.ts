// The codes that AWS documents for each operation, which the ledger is held against: those of the
// services' models, as the SDK tells them in the documentation of its commands, and for EC2, whose
// model names none, those of documented-ec2.ts.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as monitoring from '@aws-sdk/client-cloudwatch';
import * as elasticloadbalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import * as route53 from '@aws-sdk/client-route-53';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { type ErrorShapes, errorsOf } from '../../src/protocols/error-shapes.ts';
import { ec2Documented } from './documented-ec2.ts';

const clients: Readonly<Record<string, readonly [packageName: string, shapes: ErrorShapes]>> = {
  elasticloadbalancing: ['elastic-load-balancing-v2', errorsOf(elasticloadbalancing)],
  monitoring: ['cloudwatch', errorsOf(monitoring)],
  route53: ['route-53', errorsOf(route53)],
  sns: ['sns', errorsOf(sns)],
  sqs: ['sqs', errorsOf(sqs)],
  sts: ['sts', errorsOf(sts)],
};

/** What any operation may answer (IAM and STS common errors; Route 53 developer guide). */
const common = [
  'ExpiredToken',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'Throttling',
];

/** @param operation `*` for what any operation may answer. */
export function documented(service: string, operation: string): readonly string[] {
  if (service === 'ec2') return ec2Documented[operation] ?? [];
  return operation === '*' ? common : modelled(service, operation);
}

function modelled(service: string, operation: string): string[] {
  const [packageName] = clients[service] ?? [];
  const entry = createRequire(import.meta.url).resolve(`@aws-sdk/client-${packageName}`);
  const root = entry.slice(0, entry.indexOf('/dist-'));
  const types = readFileSync(`${root}/dist-types/commands/${operation}Command.d.ts`, 'utf8');
  const names = [...types.matchAll(/@throws \{@link (\w+)\}/g)].map(([, name = '']) => name);
  return names.filter((name) => !name.endsWith('ServiceException'));
}

/** Whether the service's model has an error of this name, for whichever operation. */
export function isModelled(service: string, code: string): boolean {
  return shapesOf(service).has(code);
}

/** How the SDK names what the simulator's source calls by the code of AWS Query. */
export function sdkName(service: string, code: string): string {
  const shapes = shapesOf(service);
  if (shapes.has(code)) return code;
  return [...shapes].find(([, { queryCode }]) => queryCode === code)?.[0] ?? code;
}

/** The code of AWS Query for what the SDK names otherwise. */
export function queryCode(service: string, name: string): string {
  return shapesOf(service).get(name)?.queryCode ?? name;
}

function shapesOf(service: string): ErrorShapes {
  return clients[service]?.[1] ?? new Map<string, never>();
}
