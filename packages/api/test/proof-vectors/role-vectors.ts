// Proofs by a role with one thing wrong: its name, whom it trusts, or who answers.

import { attacker, breaking, externalId, type Plan, type Trust, type Vector } from './plan.ts';

const named = (roleName: string) => (plan: Plan) => void (plan.role.roleName = roleName);
const trusting = (trusts: Trust | null) => (plan: Plan) => void (plan.role.trusts = trusts);
const answering = (role: string) => (plan: Plan) => {
  plan.customer.requiredRole = null;
  plan.role.answers.arn = plan.role.answers.arn.replace('NetworkAdmin', role);
};
const member = (change: object) => (plan: Plan) => {
  plan.given = (given) => ({ ...given, ...change });
};

export const roleVectors: Vector[] = [
  ...breaking('members', 'role', {
    'an external id of its own': member({ externalId: 'sallyport-cus_other' }),
    'a role ARN of its own': member({ roleArn: `arn:aws:iam::${attacker}:role/NetworkAdmin` }),
    'a region besides': member({ region: 'us-east-1' }),
  }),
  ...breaking('name of the role', 'role', {
    'an account in the name': named(`x:role/${attacker}/NetworkAdmin`),
    'a star in the path': named('*/NetworkAdmin'),
    'an empty part in the path': named('team//NetworkAdmin'),
    'a line break in the path': named('team\n/NetworkAdmin'),
    'a slash before the name': named('/NetworkAdmin'),
  }),
  ...breaking('AWS confirms it', 'role', {
    'another external id': trusting((given) => given === 'sallyport-cus_other'),
    'the external id in capitals': trusting((given) => given === externalId.toUpperCase()),
    'a role that trusts nobody': trusting(() => false),
    'a role that is not there': trusting(null),
  }),
  ...breaking('external id asked for', 'role', {
    'a role that asks for no external id': trusting(() => true),
    'a role that takes any external id': trusting((given) => given !== undefined),
    'a role that takes any of ours': trusting((given) => given?.startsWith('sallyport-') ?? false),
    'a role that asks for it if there is one': trusting(
      (given) => given === undefined || given === externalId,
    ),
  }),
  ...breaking('role that answers', 'role', {
    'an answer by another role': answering('Developer'),
    'an answer by a role of a longer name': answering('NetworkAdmin2'),
    'an answer by a role in lower case': answering('networkadmin'),
  }),
];
