// Proofs that AWS confirms, and that still prove nothing: of another account or role, to a
// challenge that cannot be answered, for a customer or an account that cannot have standing.

import type { Standing } from '../../src/domain/account.ts';
import type { CustomerState } from '../../src/domain/customer.ts';
import { attacker, breaking, now, type Plan, type Vector } from './plan.ts';

const by = (accessKeyId: string, sessionToken: string | null) => (plan: Plan) =>
  void Object.assign(plan.signature, { accessKeyId, sessionToken });
const customer = (state: CustomerState) => (plan: Plan) => void (plan.customer.state = state);
const owner = (standing: Standing) => (plan: Plan) =>
  void (plan.owner = { id: 'acct_of_another_customer', standing });
const challenge = (change: Partial<Plan['challenge']>) => (plan: Plan) =>
  void Object.assign(plan.challenge, change);

export const standingVectors: Vector[] = [
  ...breaking('account', 'signature', {
    'the signature of the attacker’s own account': by('ASIAATTACKER00000004', 'ATTACKTOKEN'),
    'a claim of another account': ({ account }) => void (account.accountId = '444444444444'),
  }),
  ...breaking('account', 'role', { 'a role that leads to another account': leadingAway }),
  ...breaking('required role', 'signature', {
    'another role, and a session by the name': by('ASIADEVELOPER0000005', 'T5'),
    'a role of the name in lower case': by('ASIALOWERCASE0000006', 'T6'),
    'a role of a longer name': by('ASIALONGERNAME000007', 'T7'),
    'a user of the name': by('AKIAUSERNAMED0000008', null),
    'the root of the account': by('AKIAROOTUSER00000009', null),
  }),
  ...breaking('required role', 'web_identity_token', {
    'a role whose path has the name': ({ token }) =>
      void (token.claims['sub'] = 'arn:aws:iam::222222222222:role/NetworkAdmin/Developer'),
  }),
  ...breaking('required role', 'role', {
    'a role that the vendor does not take': ({ role }) => {
      role.roleName = 'Developer';
      role.answers.arn = role.answers.arn.replace('NetworkAdmin', 'Developer');
    },
  }),
  ...breaking('customer', 'signature', {
    'a customer that is suspended': customer('suspended'),
    'a customer that is leaving': customer('offboarding'),
    'a customer that has left': customer('offboarded'),
  }),
  ...breaking('owner', 'signature', {
    'an account that another customer has proven': owner('proven'),
    'an account that is attested for another': owner('attested'),
    'an account that was imported for another': owner('imported'),
    'an account that has lapsed for another': owner('lapsed'),
  }),
  ...breaking('owner', 'web_identity_token', {
    'a token for an account of another': owner('proven'),
  }),
  ...breaking('owner', 'role', { 'a role for an account of another': owner('proven') }),
  ...breaking('account of the challenge', 'signature', {
    'the challenge of another account': challenge({ accountId: 'acct_2' }),
    'the challenge of another customer': challenge({ accountId: 'acct_of_another_customer' }),
  }),
  ...breaking('account of the challenge', 'role', {
    'a role, and the challenge of another': challenge({ accountId: 'acct_2' }),
  }),
  ...breaking('unspent challenge', 'signature', {
    'a challenge that is spent': challenge({ spentAt: new Date(now.getTime() - 1_000) }),
    'a challenge that is just being spent': challenge({ spentAt: now }),
  }),
  ...breaking('unspent challenge', 'web_identity_token', {
    'a token, and a challenge that is spent': challenge({ spentAt: now }),
  }),
  ...breaking('challenge in time', 'signature', {
    'a challenge that ends now': challenge({ expiresAt: now }),
    'a challenge of yesterday': challenge({ expiresAt: new Date(now.getTime() - 86_400_000) }),
  }),
  ...breaking('token used once', 'web_identity_token', {
    'a token that was handed in before': ({ pins }) => void (pins.spent = true),
  }),
  ...breaking('issuer of the account', 'web_identity_token', {
    'another issuer than before': ({ pins }) =>
      void (pins.issuerOfAccount = 'https://before.tokens.sts.global.api.aws'),
  }),
  ...breaking('account of the issuer', 'web_identity_token', {
    'an issuer that is another account’s': ({ pins }) => void (pins.accountOfIssuer = attacker),
  }),
];

/** The whole answer is of the other account, as AWS would give it. */
function leadingAway({ role: { answers } }: Plan): void {
  answers.arn = answers.arn.replace(answers.account, attacker);
  answers.account = attacker;
}
