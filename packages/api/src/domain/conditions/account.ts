// An AWS account of a customer: may something new be let in from it?

import { admits, type Account, type Standing } from '../account.ts';
import { condition, type Condition } from './condition.ts';

type Facts = Pick<Account, 'accountId' | 'standing' | 'standingSince' | 'lapsesAt'>;

const messages: Record<Standing, string> = {
  claimed: 'The customer names it as its own; nobody has proven or attested that.',
  proven: 'The customer has proven that it is its own.',
  attested: 'An operator vouches for it.',
  imported: 'It came with an import.',
  disputed: 'Another customer has standing for it.',
  lapsed: 'Its proof is too old: nothing new is let in, and what there is stays.',
};

export function accountConditions(facts: Facts): Condition[] {
  const { accountId, standing, standingSince: since } = facts;
  const ready = admits(standing);
  const proof = {
    actor: 'customer',
    action: 'Prove the account.',
    command: `sallyport accounts get ${accountId}`,
  } as const;
  const dispute = { actor: 'vendor', action: 'Find out whose it is.', command: null } as const;
  const next = ready ? null : standing === 'disputed' ? dispute : proof;
  return [
    condition('ready', ready, { reason: standing, message: messages[standing], since, next }),
  ];
}
