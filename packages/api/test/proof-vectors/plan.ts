// A proof that passes, in parts, of which a vector changes one before it is put together.

import type { KeyObject } from 'node:crypto';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { Challenge } from '../../src/domain/proof.ts';
import type { GivenProof } from '../../src/domain/proof-form.ts';
import type { TokenRecord } from '../../src/domain/proof-verdict.ts';
import { rsaOf } from './keys.ts';

export const now = new Date('2026-03-01T12:00:00Z');
export const victim = '222222222222';
export const attacker = '333333333333';
export const audience = 'https://sallyport.vendor.example';
export const challengeText = 'Zm9yIHRoaXMgYWNjb3VudCBvbmx5';
export const customerId = 'cus_victim';
export const externalId = `sallyport-${customerId}`;

export interface HttpAnswer {
  status?: number;
  contentType?: string;
  body: string;
}

/** What somebody signs; where it says nothing, it is what the fields say. */
export interface Signed {
  method?: string;
  path?: string;
  host?: string;
  service?: string;
  region?: string;
  amzDate?: string;
  sessionToken?: string | null;
  payload?: string;
  secret?: string;
  challenge?: string;
  audience?: string;
  headers?: string[];
  extraHeaders?: Record<string, string>;
  query?: [string, string][];
}

export interface Plan {
  account: Account;
  customer: Pick<Customer, 'id' | 'state' | 'requiredRole'>;
  challenge: Challenge;
  owner: Pick<Account, 'id' | 'standing'> | null;
  pins: Omit<TokenRecord, 'issuer'>;
  /** In place of what the hosts of AWS answer. */
  answer: ((genuine: HttpAnswer) => HttpAnswer) | null;
  signature: {
    region: string;
    accessKeyId: string;
    amzDate: string;
    sessionToken: string | null;
    signed: Signed;
  };
  token: {
    header: Record<string, unknown>;
    claims: Record<string, unknown>;
    key: KeyObject;
    /** In place of a signature by the key. */
    sign: ((text: string) => string) | null;
    written: (token: string) => string;
  };
  role: { roleName: string; trusts: Trust | null; answers: { account: string; arn: string } };
  /** Last of all, what is handed in. */
  given: (given: GivenProof) => GivenProof;
}

/** Which external id lets us in; undefined stands for none. */
export type Trust = (externalId: string | undefined) => boolean;

export const aws = 'https://sts.amazonaws.com/';

/** What passes; every call makes a new one. */
export function passing(): Plan {
  const seconds = now.getTime() / 1000;
  return {
    account: accountOf(victim),
    customer: { id: customerId, state: 'active', requiredRole: 'NetworkAdmin' },
    challenge: {
      id: 'chl_1',
      accountId: 'acct_1',
      challenge: challengeText,
      audience,
      expiresAt: new Date(now.getTime() + 240_000),
      spentAt: null,
    },
    owner: null,
    pins: { issuerOfAccount: null, accountOfIssuer: null, spent: false },
    answer: null,
    signature: {
      region: 'us-east-1',
      accessKeyId: 'ASIAVICTIM0000000001',
      amzDate: '20260301T115930Z',
      sessionToken: 'VICTIMTOKEN+/==',
      signed: {},
    },
    token: {
      header: { alg: 'RS256', kid: 'RSA_0', typ: 'JWT' },
      claims: {
        iss: 'https://victim.tokens.sts.global.api.aws',
        aud: audience,
        sub: `arn:aws:iam::${victim}:role/NetworkAdmin`,
        iat: seconds - 10,
        exp: seconds + 290,
        jti: '0f2b7a4e-5a0e-4b57-9d1b-1f7c1f1f1f1f',
        [aws]: { aws_account: victim, request_tags: { 'sallyport-challenge': challengeText } },
      },
      key: rsaOf('victim').privateKey,
      sign: null,
      written: (token) => token,
    },
    role: {
      roleName: 'NetworkAdmin',
      trusts: (given) => given === externalId,
      answers: {
        account: victim,
        arn: `arn:aws:sts::${victim}:assumed-role/NetworkAdmin/sallyport-proof`,
      },
    },
    given: (given) => given,
  };
}

function accountOf(accountId: string): Account {
  return {
    id: 'acct_1',
    customerId,
    accountId,
    partition: 'aws',
    standing: 'claimed',
    standingSince: now,
    provenBy: null,
    lapsesAt: null,
    attestedReason: null,
    proofMethod: null,
    proofRole: null,
    renewAt: null,
    renewalProblem: null,
    renewalProblemSince: null,
    renewalActor: null,
    createdAt: now,
    updatedAt: now,
  };
}

export interface Vector {
  /** As in "a proof with …". */
  name: string;
  /** Of rules.ts: the one that it breaks. */
  rule: string;
  kind: 'signature' | 'web_identity_token' | 'role';
  /** The one thing that is changed. */
  change: (plan: Plan) => void;
}

/** Vectors of one rule. */
export function breaking(
  rule: string,
  kind: Vector['kind'],
  changes: Record<string, Vector['change']>,
): Vector[] {
  return Object.entries(changes).map(([name, change]) => ({ name, rule, kind, change }));
}
