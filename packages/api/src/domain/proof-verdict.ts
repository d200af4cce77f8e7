// The verdict on a proof, once AWS was asked about it. All that it depends on comes in.

import { owns, type Account, type RenewalTrouble } from './account.ts';
import type { Customer } from './customer.ts';
import type { ErrorCode } from './errors.ts';
import { roleNameOf, type CallerIdentity } from './proof.ts';
import type { ProofForm } from './proof-form.ts';

/** What AWS said, whichever way it was asked. */
export type Evidence =
  | { kind: 'identity'; identity: CallerIdentity }
  | { kind: 'refused'; code: string; message: string; actor?: RenewalTrouble['renewalActor'] }
  | { kind: 'unavailable'; message: string };

/** What is known of the issuer of a token, and of the token. */
export interface TokenRecord {
  issuer: string;
  /** The issuer that the account was first seen with; null when it was never seen with one. */
  issuerOfAccount: string | null;
  /** The number of the account that the issuer was first seen with. */
  accountOfIssuer: string | null;
  /** Whether the token was handed in before. */
  spent: boolean;
}

export interface JudgedFacts {
  account: Account;
  customer: Pick<Customer, 'state' | 'requiredRole'>;
  form: Pick<ProofForm, 'method'> & { roleName?: string };
  evidence: Evidence;
  /** Whoever has standing for the number, this account or another customer's. */
  owner: Pick<Account, 'id' | 'standing'> | null;
  /** Of a proof by a token. */
  token?: TokenRecord;
}

export interface Verdict {
  standing: 'proven' | 'disputed' | null;
  provenBy: string | null;
  message: string;
  errorCode?: ErrorCode;
  /** Whose turn it is after a refusal. */
  actor?: RenewalTrouble['renewalActor'];
}

export function verdictOn(facts: JudgedFacts): Verdict {
  const { account, customer, evidence, owner } = facts;
  if (evidence.kind === 'refused') {
    const { code, message, actor = 'customer' } = evidence;
    return { ...refused(`AWS did not confirm the proof (${code}): ${message}`), actor };
  }
  if (evidence.kind === 'unavailable') {
    const again = facts.form.method === 'signature' ? 'sign again' : 'prove it again';
    return { ...refused(`AWS could not be asked in time; ${again}.`), actor: 'aws' };
  }
  if (customer.state !== 'active') {
    return refused(`The customer is ${customer.state}.`, 'customer_not_active');
  }
  const { arn } = evidence.identity;
  const problem = identityProblem(facts, evidence.identity) ?? tokenProblem(facts);
  if (problem !== null) return refused(problem);
  if (owner && owner.id !== account.id && owns(owner.standing)) {
    const message = `Account ${account.accountId} has standing with another customer.`;
    return { ...refused(message, 'account_disputed'), standing: 'disputed', provenBy: arn };
  }
  return { standing: 'proven', provenBy: arn, message: `Proven by ${arn}.` };
}

function identityProblem(
  { account, customer, form }: JudgedFacts,
  { accountId, arn }: CallerIdentity,
): string | null {
  const role = roleNameOf(arn);
  const asked = form.roleName?.split('/').at(-1) ?? null;
  const { requiredRole } = customer;
  const rules: [boolean, string][] = [
    [accountId === account.accountId, `The proof is of another account than ${account.accountId}.`],
    [arn.startsWith(`arn:${account.partition}:`), `The proof is not of ${account.partition}.`],
    [form.method !== 'role' || role === asked, `It was not the role ${asked} that answered.`],
    [
      requiredRole === null || role === requiredRole,
      `Only the role ${requiredRole} may prove accounts of this customer, and it was ${arn}.`,
    ],
  ];
  return rules.find(([holds]) => !holds)?.[1] ?? null;
}

function tokenProblem({ account, token }: JudgedFacts): string | null {
  if (!token) return null;
  const { issuer, issuerOfAccount, accountOfIssuer } = token;
  const rules: [boolean, string][] = [
    [!token.spent, 'The token was handed in before.'],
    [
      issuerOfAccount === null || issuerOfAccount === issuer,
      `Account ${account.accountId} had another issuer of tokens before.`,
    ],
    [
      accountOfIssuer === null || accountOfIssuer === account.accountId,
      'The issuer of the token is another account’s.',
    ],
  ];
  return rules.find(([holds]) => !holds)?.[1] ?? null;
}

function refused(message: string, errorCode: ErrorCode = 'proof_refused'): Verdict {
  return { standing: null, provenBy: null, message, errorCode, actor: 'customer' };
}
