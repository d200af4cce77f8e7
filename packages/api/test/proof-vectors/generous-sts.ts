// A model of STS that reads as generously as any server might: it trims, folds case, takes the
// first of what is there twice, and asks for nothing that it can guess. So a rule of ours is seen
// to hold by itself, and not because the real STS happens to be strict as well.

import type { IncomingMessage } from 'node:http';
import { attacker, now, victim, type HttpAnswer } from './plan.ts';
import { signatureOf } from './signing.ts';

interface Key {
  secret: string;
  token: string | null;
  account: string;
  /** After the number of the account. */
  who: string;
}

const session = (role: string, account = victim, name = 'alice') => ({
  secret: `secret of ${role}`,
  account,
  who: `assumed-role/${role}/${name}`,
});

export const longToken = 'L'.repeat(4097);

/** By access key id. */
export const keys: Record<string, Key> = {
  ASIAVICTIM0000000001: { ...session('NetworkAdmin'), token: 'VICTIMTOKEN+/==' },
  ASIAVICTIM0000000002: { ...session('NetworkAdmin'), token: longToken },
  AKIAVICTIM0000000003: { ...session('NetworkAdmin'), token: null },
  ASIAATTACKER00000004: { ...session('NetworkAdmin', attacker), token: 'ATTACKTOKEN' },
  ASIADEVELOPER0000005: { ...session('Developer', victim, 'NetworkAdmin'), token: 'T5' },
  ASIALOWERCASE0000006: { ...session('networkadmin'), token: 'T6' },
  ASIALONGERNAME000007: { ...session('NetworkAdmin2'), token: 'T7' },
  AKIAUSERNAMED0000008: { ...session('NetworkAdmin'), token: null, who: 'user/NetworkAdmin' },
  AKIAROOTUSER00000009: { ...session('root'), token: null, who: 'root' },
};

/** @param host as a parser of URLs reads it */
export function stsAnswer(host: string, request: IncomingMessage): HttpAnswer {
  const query = (request.url ?? '').split('?')[1] ?? '';
  const pairs = query.split('&').map((pair): [string, string] => {
    const [name = '', value = ''] = pair.split('=').map(decodeURIComponent);
    return [name, value];
  });
  const first = new Map(pairs.toReversed());
  const key = keys[leading(first.get('X-Amz-Credential'), /^[a-z0-9]+/i).toUpperCase()];
  if (!key) return refusal('InvalidClientTokenId');
  const token = leading(first.get('X-Amz-Security-Token'), /^[\w+/=-]*/) || null;
  if (token !== key.token) return refusal('InvalidClientTokenId');
  const names = (first.get('X-Amz-SignedHeaders') ?? '').split(';');
  const expected = signatureOf({
    method: 'GET',
    path: '/',
    query: pairs.filter(([name]) => name !== 'X-Amz-Signature'),
    headers: names.map((name) => [name, String(request.headers[name] ?? '')]),
    payload: '',
    secret: key.secret,
  });
  const given = leading(first.get('X-Amz-Signature')?.trim(), /^[0-9a-f]{64}/i).toLowerCase();
  if (given !== expected) return refusal('SignatureDoesNotMatch');
  const age = Math.abs(now.getTime() - dateOf(first.get('X-Amz-Date') ?? ''));
  return age > 900_000 ? refusal('RequestExpired') : identity(key.account, arnOf(host, key));
}

export function identity(account: unknown, arn: unknown): HttpAnswer {
  const GetCallerIdentityResult = { Account: account, Arn: arn, UserId: 'AROAEXAMPLE:alice' };
  const body = JSON.stringify({ GetCallerIdentityResponse: { GetCallerIdentityResult } });
  return { body };
}

function arnOf(host: string, { account, who }: Key): string {
  const china = host.endsWith('.cn') ? 'aws-cn' : 'aws';
  const partition = host.includes('us-gov-') ? 'aws-us-gov' : china;
  return `arn:${partition}:${who.startsWith('assumed') ? 'sts' : 'iam'}::${account}:${who}`;
}

function refusal(code: string): HttpAnswer {
  return { status: 403, body: JSON.stringify({ Error: { Code: code, Message: 'No.' } }) };
}

function leading(text = '', form: RegExp): string {
  return form.exec(text)?.[0] ?? '';
}

/** Any text with fourteen digits. */
function dateOf(text: string): number {
  const [, ...parts] =
    /(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(text.replaceAll(/\D/g, '')) ?? [];
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
