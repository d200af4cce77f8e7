// What a customer hands in as a proof, in one of three forms, and which members each form has.

import type { Account, ProofMethod } from './account.ts';
import { refuse, refuseInput } from './errors.ts';
import { checkProofFields, partitionOfRegion, type Challenge, type ProofFields } from './proof.ts';
import { isRoleName } from './proof-role.ts';
import { checkToken, readToken } from './web-identity-token.ts';

export type SignatureForm = { method: 'signature' } & ProofFields;
/** Secret: the token is neither logged nor kept once it was judged. */
export interface TokenForm {
  method: 'web_identity_token';
  token: string;
}
export interface RoleForm {
  method: 'role';
  /** After its path, if it has one. */
  roleName: string;
}
export type ProofForm = SignatureForm | TokenForm | RoleForm;

/** The members as they are sent, of all forms. */
export interface GivenProof {
  method?: ProofMethod;
  region?: string;
  accessKeyId?: string;
  amzDate?: string;
  sessionToken?: string;
  signature?: string;
  webIdentityToken?: string;
  roleName?: string;
}

type Member = Exclude<keyof GivenProof, 'method'>;

/** By method: what a proof must have, and what it may have besides. */
const members: Record<ProofMethod, { needs: Member[]; may: Member[] }> = {
  signature: { needs: ['region', 'accessKeyId', 'amzDate', 'signature'], may: ['sessionToken'] },
  web_identity_token: { needs: ['webIdentityToken'], may: [] },
  role: { needs: [], may: ['roleName'] },
};

/**
 * The form of a proof, with the members of its method and no others.
 * @param usualRole the role that is meant when none is named
 * @throws Refusal `invalid_request`, `proof_refused`
 */
export function formOf(given: GivenProof, usualRole: string): ProofForm {
  const { method = 'signature' } = given;
  checkMembers(given, method);
  if (method === 'web_identity_token') return { method, token: given.webIdentityToken! };
  if (method === 'role') {
    const { roleName = usualRole } = given;
    if (isRoleName(roleName)) return { method, roleName };
    throw refuse('proof_refused', 'role_name is not the name of a role, with its path if any.');
  }
  const { region, accessKeyId, amzDate, signature, sessionToken = null } = given;
  const signed = { region, accessKeyId, amzDate, signature } as Omit<ProofFields, 'sessionToken'>;
  return { method, ...signed, sessionToken };
}

export interface Submission {
  account: Pick<Account, 'id' | 'accountId' | 'partition'>;
  /** Null for one that is not there. */
  challenge: Challenge | null;
  now: Date;
}

/**
 * All that can be said of a proof without AWS, so that it is asked about nothing that cannot be.
 * @throws Refusal `proof_refused`
 */
export function checkForm(form: ProofForm, { account, challenge, now }: Submission): void {
  if (form.method === 'signature') {
    checkProofFields(form, now);
    checkPartition(form.region, account.partition);
  }
  if (form.method === 'web_identity_token') {
    const { claims } = readToken(form.token);
    // Of a challenge that is not the account's, nothing is told.
    if (challenge?.accountId === account.id) checkToken(claims, { account, ...challenge, now });
  }
}

function checkPartition(region: string, partition: string): void {
  if (partitionOfRegion(region) === partition) return;
  throw refuse('proof_refused', `${region} is not in the partition ${partition} of the account.`);
}

function checkMembers(given: GivenProof, method: ProofMethod): void {
  const { needs, may } = members[method];
  const missing = needs.find((name) => given[name] === undefined);
  if (missing) {
    throw refuseInput({ pointer: pointerOf(missing) }, `A proof by ${method} has this member.`);
  }
  const every = Object.keys(given) as (keyof GivenProof)[];
  const strange = every.find((name) => {
    return name !== 'method' && given[name] !== undefined && ![...needs, ...may].includes(name);
  });
  if (strange === undefined) return;
  throw refuseInput({ pointer: pointerOf(strange) }, `A proof by ${method} has no such member.`);
}

function pointerOf(name: string): string {
  return `/${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}
