// An AWS account of a customer: may something new be let in from it, and does its proof renew?

import { admits, renewsByItself, type Account, type Standing } from '../account.ts';
import type { NextStep } from '../check.ts';
import { condition, type Condition } from './condition.ts';

type Facts = Pick<Account, 'accountId' | 'standing' | 'standingSince' | 'lapsesAt'>;
type Renewal = Pick<
  Account,
  'proofMethod' | 'proofRole' | 'renewalProblem' | 'renewalProblemSince' | 'renewalActor'
>;

const messages: Record<Standing, string> = {
  claimed: 'The customer names it as its own; nobody has proven or attested that.',
  proven: 'The customer has proven that it is its own.',
  attested: 'An operator vouches for it.',
  imported: 'It came with an import.',
  disputed: 'Another customer has standing for it.',
  lapsed: 'Its proof is too old: nothing new is let in, and what there is stays.',
};

export function accountConditions(facts: Facts & Partial<Renewal>): Condition[] {
  const { accountId, standing, standingSince: since, proofMethod = null } = facts;
  const ready = admits(standing);
  const proof = {
    actor: 'customer',
    action: 'Prove the account.',
    command: `sallyport accounts get ${accountId}`,
  } as const;
  const dispute = { actor: 'vendor', action: 'Find out whose it is.', command: null } as const;
  const next = ready ? null : standing === 'disputed' ? dispute : proof;
  const first = condition('ready', ready, {
    reason: standing,
    message: messages[standing],
    since,
    next,
  });
  return renewsByItself({ standing, proofMethod }) ? [first, renewing(facts)] : [first];
}

/** Whether the role that has proven the account still does. */
function renewing(facts: Facts & Partial<Renewal>): Condition {
  const { proofRole, renewalProblem: problem = null, renewalProblemSince = null } = facts;
  if (problem === null) {
    const message = `Its proof is renewed by the role ${proofRole}, without anybody's doing.`;
    const { standingSince: since } = facts;
    return condition('renewing', true, { reason: 'role_trusts_us', message, since });
  }
  return condition('renewing', false, {
    reason: 'role_not_assumed',
    message: `Its proof could not be renewed: ${problem}`,
    since: renewalProblemSince,
    next: nextStep(facts),
  });
}

function nextStep({ accountId, renewalActor }: Facts & Partial<Renewal>): NextStep {
  const command = `sallyport accounts proof-role ${accountId}`;
  const action: Record<NonNullable<Account['renewalActor']>, string> = {
    customer: 'Make the role as the command shows it; it is tried again once a day.',
    vendor: 'Let the identity that assumes roles of customers do so; it is tried again once a day.',
    aws: 'Wait; it is tried again once a day.',
  };
  const actor = renewalActor ?? 'customer';
  return { actor, action: action[actor], command };
}
