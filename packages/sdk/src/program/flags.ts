// Reads flags, and makes the options of a call of them. Secrets are no flags: `ps` shows those.
import { parseArgs } from 'node:util';
import type { ConnectionOptions, DnsMode } from '../aws/options.ts';
import { UsageError } from './surroundings.ts';

type Kind = { type: 'string'; multiple?: boolean } | { type: 'boolean' };
export type Flags = Readonly<Record<string, Kind>>;
type Value = string | boolean | (string | boolean)[] | undefined;

export interface Given {
  text(name: string): string | undefined;
  list(name: string): string[] | undefined;
  isSet(name: string): boolean;
  number(name: string): number | undefined;
  positionals: readonly string[];
}

const one: Kind = { type: 'string' };
const many: Kind = { type: 'string', multiple: true };
export const yesNo: Kind = { type: 'boolean' };

export const generalFlags: Flags = { url: one, json: yesNo, help: yesNo };

export const connectionFlags: Flags = {
  region: one,
  service: one,
  'vpc-id': one,
  'account-id': one,
  'customer-id': one,
  'subnet-id': many,
  'security-group-id': many,
  port: one,
  dns: one,
  name: one,
  'vpc-endpoint-id': one,
};

export const flag = { one, many, yesNo };

/** @throws UsageError that says what is wrong */
export function readFlags(args: readonly string[], flags: Flags): Given {
  let values: Record<string, Value>;
  let positionals: string[];
  try {
    const parsed = parseArgs({
      args: [...args],
      options: { ...generalFlags, ...flags },
      allowPositionals: true,
    });
    values = parsed.values;
    ({ positionals } = parsed);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const text = (name: string) => values[name] as string | undefined;
  return {
    positionals,
    text,
    list: (name) => values[name] as string[] | undefined,
    isSet: (name) => values[name] === true,
    number: (name) => {
      const given = text(name);
      if (given === undefined || /^\d+$/.test(given)) return given && Number(given);
      throw new UsageError(`--${name} must be a whole number, not "${given}".`);
    },
  } as Given;
}

/** @throws UsageError without a region, or for a DNS mode that there is not */
export function connectionOptions(
  given: Given,
  env: Readonly<Record<string, string | undefined>>,
): ConnectionOptions {
  return {
    region: regionOf(given, env),
    service: given.text('service'),
    vpc_id: given.text('vpc-id'),
    account_id: given.text('account-id'),
    customer_id: given.text('customer-id'),
    subnet_ids: given.list('subnet-id'),
    security_group_ids: given.list('security-group-id'),
    port: given.number('port'),
    dns: dnsOf(given.text('dns')),
    name: given.text('name'),
    vpc_endpoint_id: given.text('vpc-endpoint-id'),
  };
}

/** @throws UsageError when nobody says which */
export function regionOf(given: Given, env: Readonly<Record<string, string | undefined>>): string {
  const region = given.text('region') ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  if (region) return region;
  throw new UsageError('Say the region of the VPC: --region us-east-1, or AWS_REGION.');
}

const modes: readonly string[] = ['endpoint', 'hosted-zone', 'profile', 'none'];

function dnsOf(text: string | undefined): DnsMode | undefined {
  if (text === undefined || modes.includes(text)) return text as DnsMode | undefined;
  throw new UsageError(`--dns must be one of ${modes.join(', ')}, not "${text}".`);
}
