// The only reader of the environment. Every error is told at once, with what to set.

import { isIP } from 'node:net';
import { readAccess, type AccessConfig } from './access-settings.ts';
import { defaultRetentionDays } from './domain/retention.ts';

export type ProcessRole = 'all' | 'front' | 'worker';

export interface Config {
  role: ProcessRole;
  host: string;
  port: number;
  /** Null for the embedded server in `dataDirectory`. */
  databaseUrl: string | null;
  dataDirectory: string;
  /** Our address as customers know it; null to use the address that we listen on. */
  publicUrl: string | null;
  logLevel: string;
  /** How many days history is kept. */
  retentionDays: number;
  /** After how many days entries of the audit log are removed; null for never. */
  auditRetentionDays: number | null;
  /** Where metrics are served; null for nowhere. Port 0 takes a free one. */
  metrics: { host: string; port: number } | null;
  /** The file of the key that seals of the audit log are signed with; null for none. */
  auditKeyFile: string | null;
  /** The file of the keys that secrets are sealed with; null for none, or a file of local mode. */
  secretsKeyFile: string | null;
  /** After how many days the proof of an account lapses; null for never. */
  proofLifetimeDays: number | null;
  /**
   * Whether the name servers of a domain are asked for its TXT record, and which resolvers know
   * them; an empty list for the system's, null for not at all.
   */
  nameServerCheck: string[] | null;
  /** Whether workers read load balancers and metrics for diagnoses. */
  readsBackends: boolean;
  /** Who may, and how they show it. */
  access: AccessConfig;
  /** Whether webhooks may go to plain http and to this network, as in local development. */
  webhooksAnywhere: boolean;
  aws: {
    /** Where STS's bytes go instead of the real host, by the AWS SDK's own settings. */
    stsEndpoint: string | null;
    /** Likewise of the hosts that issue web identity tokens, which are none of STS's endpoints. */
    issuerEndpoint: string | null;
    region: string;
  };
}

/** The settings that make no sense, all of them. */
export class ConfigError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`The settings are not usable:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

type Environment = Record<string, string | undefined>;

const roles: ProcessRole[] = ['all', 'front', 'worker'];
const needsServer = ['front', 'worker'];
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/**
 * @param role the `--role` of the command line, which wins over SALLYPORT_ROLE
 * @throws ConfigError
 */
export function readConfig(environment: Environment, role: string | undefined): Config {
  const problems: string[] = [];
  const read = (name: string, fallback: string): string => environment[name] || fallback;
  const check = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem);
  };

  const chosen = role ?? read('SALLYPORT_ROLE', 'all');
  check(roles.includes(chosen as ProcessRole), `--role is one of ${roles.join(', ')}`);
  const port = Number(read('PORT', '8080'));
  check(Number.isInteger(port) && port >= 0 && port < 65_536, 'PORT is a number from 0 to 65535');
  const databaseUrl = environment.DATABASE_URL || null;
  check(
    databaseUrl === null || (/^postgres(ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl)),
    'DATABASE_URL looks like postgresql://user:password@host:5432/database',
  );
  check(
    !needsServer.includes(chosen) || databaseUrl !== null,
    `DATABASE_URL is needed for --role ${chosen}: the embedded server is for one process`,
  );
  const publicUrl = environment.SALLYPORT_PUBLIC_URL || null;
  check(
    publicUrl === null || originOf(publicUrl) !== null,
    'SALLYPORT_PUBLIC_URL looks like https://sallyport.example.com',
  );
  const logLevel = read('SALLYPORT_LOG_LEVEL', 'info');
  check(levels.includes(logLevel), `SALLYPORT_LOG_LEVEL is one of ${levels.join(', ')}`);
  const days = readDays(environment, check);
  const metrics = readMetrics(environment, check);
  const nameServerCheck = resolversOf(read('SALLYPORT_NAME_SERVER_CHECK', 'off'));
  check(
    nameServerCheck !== 'unusable',
    'SALLYPORT_NAME_SERVER_CHECK is off, system, or resolvers such as 192.0.2.1,192.0.2.2:53',
  );
  const backendReads = read('SALLYPORT_BACKEND_READS', 'on');
  check(['on', 'off'].includes(backendReads), 'SALLYPORT_BACKEND_READS is on or off');
  const access = readAccess(environment, check);
  const webhookTargets = read('SALLYPORT_WEBHOOK_TARGETS', 'public');
  check(
    ['public', 'any'].includes(webhookTargets),
    'SALLYPORT_WEBHOOK_TARGETS is public, or any (in local development only)',
  );
  if (problems.length > 0) throw new ConfigError(problems);

  return {
    role: chosen as ProcessRole,
    host: read('SALLYPORT_HOST', '127.0.0.1'),
    port,
    databaseUrl,
    dataDirectory: read('SALLYPORT_DATA_DIR', '.sallyport'),
    publicUrl: publicUrl && originOf(publicUrl),
    logLevel,
    ...days,
    metrics,
    auditKeyFile: environment.SALLYPORT_AUDIT_KEY_FILE || null,
    secretsKeyFile: environment.SALLYPORT_SECRETS_KEY_FILE || null,
    nameServerCheck: nameServerCheck as string[] | null,
    readsBackends: backendReads === 'on',
    access,
    webhooksAnywhere: webhookTargets === 'any',
    aws: {
      issuerEndpoint: environment.AWS_ENDPOINT_URL || null,
      stsEndpoint: environment.AWS_ENDPOINT_URL_STS || environment.AWS_ENDPOINT_URL || null,
      region: read('AWS_REGION', read('AWS_DEFAULT_REGION', 'us-east-1')),
    },
  };
}

/** For how long things are kept, and proofs hold. */
function readDays(
  environment: Environment,
  check: (holds: boolean, problem: string) => void,
): Pick<Config, 'retentionDays' | 'auditRetentionDays' | 'proofLifetimeDays'> {
  const read = (name: string, otherwise: string, fallback: number | null) => {
    const value = environment[name] ? Number(environment[name]) : fallback;
    const holds = value === null || isDays(value);
    check(holds, `${name} is a number of days from 1 to 36500${otherwise}`);
    return value;
  };
  const never = ', or left out for never';
  return {
    retentionDays: read('SALLYPORT_RETENTION_DAYS', '', defaultRetentionDays)!,
    auditRetentionDays: read('SALLYPORT_AUDIT_RETENTION_DAYS', never, null),
    proofLifetimeDays: read('SALLYPORT_PROOF_LIFETIME_DAYS', never, null),
  };
}

function readMetrics(
  environment: Environment,
  check: (holds: boolean, problem: string) => void,
): Config['metrics'] {
  const text = environment.SALLYPORT_METRICS_PORT || 'off';
  if (text === 'off') return null;
  const port = Number(text);
  const isPort = Number.isInteger(port) && port >= 0 && port < 65_536;
  check(isPort, 'SALLYPORT_METRICS_PORT is off, or a number from 0 to 65535');
  return { host: environment.SALLYPORT_METRICS_HOST || '127.0.0.1', port };
}

function isDays(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 36_500;
}

/** Scheme, host and port: what a proof is bound to. */
function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? origin : null;
}

function resolversOf(text: string): string[] | null | 'unusable' {
  if (text === 'off') return null;
  if (text === 'system') return [];
  const resolvers = text.split(',').map((part) => part.trim());
  const isAddress = (part: string) =>
    isIP(part) > 0 || /^(\d+\.\d+\.\d+\.\d+|\[[\da-f:.]+\]):\d{1,5}$/i.test(part);
  return resolvers.every(isAddress) ? resolvers : 'unusable';
}
