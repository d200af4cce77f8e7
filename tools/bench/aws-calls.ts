// How many calls to AWS each job takes, in the log of the simulator, beside the least that is
// possible and beside what others make. docs/aws-calls.md has the formulas and their sources.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { manageAll } from '../../packages/api/src/domain/endpoint-service.ts';
import { type Database, openDatabase } from '../../packages/api/src/storage/postgres/database.ts';
import * as embedded from '../../packages/api/src/storage/postgres/embedded-postgres.ts';
import { migrate } from '../../packages/api/src/storage/postgres/migrations.ts';
import * as bounds from '../../packages/api/test/reconcile/aws-calls/bounds.ts';
import { type Crowd, openCrowd } from '../../packages/api/test/reconcile/aws-calls/crowd.ts';
import { terraform, vpceOperator } from '../../packages/api/test/reconcile/aws-calls/others.ts';
import * as scenarios from '../../packages/api/test/reconcile/aws-calls/scenarios.ts';
import { emptyDatabase } from '../../packages/api/test/reconcile/shared-database.ts';
import { volatileSettings } from '../../packages/api/test/storage/postgres/volatile-settings.ts';
import { startGuard } from '../guard.ts';
import type { Figure } from './figure.ts';

const large = { services: 10, principals: 1_000, connections: 1_000 };
const one = { services: 1, principals: 0, connections: 0 };
const wide = { services: 1_000, principals: 1, connections: 1 };
const thousand = 1_000;
const hourMs = 3_600_000;
/** A whole number of periods of every regular read. */
const hours = 5;

/** Each job, over a crowd of its own. The database need not survive anything. */
export async function awsCallFigures(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-bench-calls-'));
  const guard = await startGuard();
  guard.removes(directory);
  const server = await embedded.startEmbeddedPostgres({
    dataDirectory: directory,
    settings: volatileSettings,
  });
  const db = openDatabase({ connectionString: server.connectionString });
  try {
    const migrations = resolve(import.meta.dirname, '../../packages/api/migrations');
    await migrate(db, { directory: migrations });
    return [
      ...(await over(db, large, readFigures)),
      ...(await over(db, one, onboardingFigures)),
      ...(await over(db, one, acceptanceFigures)),
      ...(await over(db, wide, idleFigures)),
    ];
  } finally {
    await db.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
    await guard.release();
  }
}

async function over(
  db: Database,
  size: bounds.Size,
  measure: (crowd: Crowd, size: bounds.Size) => Promise<Figure[]>,
): Promise<Figure[]> {
  await emptyDatabase(db);
  const crowd = await openCrowd({ db, size, modes: manageAll, setEnvironment });
  try {
    await crowd.stage.pass(5_000);
    return await measure(crowd, size);
  } finally {
    await crowd.close();
  }
}

async function readFigures(crowd: Crowd, size: bounds.Size): Promise<Figure[]> {
  const calls = await scenarios.readAll(crowd);
  const changes = Object.keys(calls).filter((action) => !action.startsWith('Describe'));
  const others = `Terraform ${count(terraform.fullRead(size))}, aws-vpce-operator ${count(
    vpceOperator.fullRead(size),
  )} (only what waits)`;
  return [
    figure('full read, 10 services × 1,000 × 1,000', calls, bounds.fullRead(size), others),
    {
      name: 'AWS calls: changes, of a run with nothing to do',
      value: count(changes.length),
      beside: 'bound 0',
    },
  ];
}

async function onboardingFigures(crowd: Crowd, size: bounds.Size): Promise<Figure[]> {
  const calls = await scenarios.onboard(crowd, thousand);
  const others = `Terraform ${count(terraform.onboarding(thousand))}, aws-vpce-operator has none`;
  const bound = bounds.onboarding(size, thousand);
  return [figure('1,000 principals let in', calls, bound, others)];
}

async function acceptanceFigures(crowd: Crowd, size: bounds.Size): Promise<Figure[]> {
  const calls = await scenarios.burst(crowd, thousand);
  const others = `Terraform ${count(terraform.acceptance(thousand))}, aws-vpce-operator ${count(
    vpceOperator.acceptance(),
  )} (and never looks what became of it)`;
  const bound = bounds.acceptance(size, thousand);
  return [figure('1,000 connections accepted', calls, bound, others)];
}

/** For as long as it takes to read every list once. */
async function idleFigures(crowd: Crowd, size: bounds.Size): Promise<Figure[]> {
  const ms = bounds.readEveryMs(size.services);
  const calls = await scenarios.idle(crowd, ms);
  const hourly = bounds.total(bounds.idleWatch(size, hours * hourMs)) / hours;
  const others = `aws-vpce-operator ${count(vpceOperator.idleHour(size))} (only what waits)`;
  const beside = `an hour ${count(hourly)}, Terraform watches nothing, ${others}`;
  return [
    figure(`${ms / 1_000} idle s of 1,000 services`, calls, bounds.idleWatch(size, ms), beside),
  ];
}

function figure(job: string, calls: bounds.Calls, bound: bounds.Calls, others: string): Figure {
  return {
    name: `AWS calls: ${job}`,
    value: count(bounds.total(calls)),
    beside: `bound ${count(bounds.total(bound))}; ${others}`,
  };
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function setEnvironment(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
