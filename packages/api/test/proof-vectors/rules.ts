// The rules of proofs, each with the edits that take it out of the product, and with what a refusal
// for it says. Rules stand alone: what one of them refuses, the others let pass.

import type { Edit } from '../../../../tools/simulate/mutations/mutation.ts';

export interface Rule {
  name: string;
  /** Of the refusal. */
  says: RegExp;
  edits: Edit[];
}

const proof = 'domain/proof.ts';
const form = 'domain/proof-form.ts';
const token = 'domain/web-identity-token.ts';
const verdict = 'domain/proof-verdict.ts';
const identity = 'aws/caller-identity.ts';
const issuers = 'aws/token-issuers.ts';
const signature = 'aws/token-signature.ts';

const rule = (
  name: string,
  says: RegExp,
  ...edits: [file: string, text: string, by: string][]
) => ({
  name,
  says,
  edits: edits.map(([file, text, by]) => ({ file, text, by })),
});

const fieldRules: Rule[] = [
  rule('members', /has no such member/, [form, 'if (strange === undefined) return;', 'return;']),
  rule('region', /is not a region/, [
    proof,
    'if (!/^(us|eu|ap|sa|ca|af|me|il|mx|cn|us-gov)-[a-z]{4,9}-\\d$/.test(region)) {',
    'if (false) {',
  ]),
  rule('access key id', /access_key_id/, [
    proof,
    '/^[A-Z0-9]{12,128}$/.test(fields.accessKeyId)',
    'true',
  ]),
  rule('form of the signature', /signature is not/, [
    proof,
    '/^[0-9a-f]{64}$/.test(fields.signature)',
    'true',
  ]),
  rule('session token', /session_token/, [proof, '[isToken(fields.sessionToken),', '[true,']),
  rule('form of the date', /amz_date/, [proof, '[!Number.isNaN(signedAt),', '[true,']),
  rule('age', /five minutes ago/, [proof, 'if (age > signatureAgeMaxMs) {', 'if (false) {']),
  rule('future', /in the future/, [proof, 'if (age < -clockSkewMaxMs) {', 'if (false) {']),
  rule(
    'partition',
    /partition|not of aws/,
    [form, 'if (partitionOfRegion(region) === partition) return;', 'return;'],
    [verdict, 'arn.startsWith(`arn:${account.partition}:`)', 'true'],
    [token, 'subject?.[1] === account.partition,', 'true,'],
  ),
];

const believed = `
  const taken = { standing: 'proven', provenBy: '', message: '' } as const;
  if (evidence.kind === 'refused') return taken;
  if (evidence.kind === 'refused') {`;
/** Whatever the answer is to. */
const anyAnswer = `
    const [first] = Object.values(answer ?? {}) as StsAnswer[keyof StsAnswer][];
    return first?.GetCallerIdentityResult;`;

const answerRules: Rule[] = [
  rule('AWS confirms it', /AWS did not confirm/, [
    verdict,
    "  if (evidence.kind === 'refused') {",
    believed,
  ]),
  rule('status of the answer', /STS could not be asked/, [
    identity,
    'if (status === 200) {',
    'if (status > 0) {',
  ]),
  rule('size of the answer', /too long/, [
    identity,
    'const answerMax = 8192;',
    'const answerMax = 1e9;',
  ]),
  rule('type of the answer', /not an answer to GetCallerIdentity/, [
    identity,
    'isJson(contentType) ? parseIdentity(text) : null',
    'parseIdentity(text)',
  ]),
  rule('answer to another question', /not an answer to GetCallerIdentity/, [
    proof,
    'return answer?.GetCallerIdentityResponse?.GetCallerIdentityResult;',
    anyAnswer,
  ]),
  rule('one account in the answer', /not an answer to GetCallerIdentity/, [
    proof,
    'if (!match || match[3] !== Account) return null;',
    '',
  ]),
];

const standingRules: Rule[] = [
  rule('account', /another account than/, [verdict, 'accountId === account.accountId', 'true']),
  rule('required role', /Only the role NetworkAdmin/, [
    verdict,
    'requiredRole === null || role === requiredRole,',
    'true,',
  ]),
  rule('customer', /The customer is/, [
    verdict,
    "if (customer.state !== 'active') {",
    'if (false) {',
  ]),
  rule('owner', /standing with another customer/, [
    verdict,
    'if (owner && owner.id !== account.id && owns(owner.standing)) {',
    'if (false) {',
  ]),
  rule('account of the challenge', /challenge is unknown/, [
    proof,
    "if (challenge.accountId !== accountId) return 'unknown';",
    '',
  ]),
  rule('unspent challenge', /challenge is spent/, [
    proof,
    "if (challenge.spentAt !== null) return 'spent';",
    '',
  ]),
  rule('challenge in time', /challenge is expired/, [
    proof,
    "if (challenge.expiresAt <= now) return 'expired';",
    '',
  ]),
];

/** What verifiers have done that took the algorithm from the token. */
const anyAlgorithm = `
  if (algorithm.toLowerCase() === 'none') return true;
  if (algorithm === 'HS256') {
    const at = token.lastIndexOf('.');
    const by = createPublicKey({ key: published, format: 'jwk' });
    const pem = by.export({ type: 'spki', format: 'pem' });
    const { createHmac } = process.getBuiltinModule('node:crypto');
    const mac = createHmac('sha256', pem).update(token.slice(0, at)).digest('base64url');
    return mac === token.slice(at + 1);
  }
  const any = { hash: \`sha\${algorithm.slice(2)}\`, fits: () => true };
  const known = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : any;`;

const tokenRules: Rule[] = [
  rule('size of the token', /more than 8192/, [token, 'if (text.length > tokenMax)', 'if (false)']),
  rule('form of the token', /three parts/, [token, 'if (!wellFormed)', 'if (false)']),
  rule(
    'algorithm',
    /not signed with RS256/,
    [
      token,
      "if (typeof header['alg'] !== 'string' || !tokenAlgorithms.includes(header['alg'])) {",
      'if (false) {',
    ],
    [
      signature,
      '  const known = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;',
      anyAlgorithm,
    ],
  ),
  rule('extensions', /has extensions/, [token, "if (header['crit'] !== undefined)", 'if (false)']),
  rule('name of the key', /names no key/, [
    token,
    "if (typeof header['kid'] !== 'string')",
    'if (false)',
  ]),
  rule('key of the issuer', /no key of its name/, [
    issuers,
    "if (!key) return refused('UnknownKey', 'The issuer of the token has no key of its name.');",
    "if (!key) return { kind: 'genuine' };",
  ]),
  rule('kind of the key', /not signed with the key/, [
    signature,
    'if (!known || !key?.asymmetricKeyType || !known.fits(key)) return false;',
    'if (!known || !key) return false;',
  ]),
  rule('signature of the token', /not signed with the key/, [
    issuers,
    'if (isSignedBy(token, read.algorithm, key))',
    'if (true)',
  ]),
  rule('issuer', /issuer is not one of AWS/, [
    token,
    "[typeof iss === 'string' && isIssuer(iss), 'its issuer is not one of AWS'],",
    "[true, ''],",
  ]),
  rule('status of the keys', /answered with status/, [
    issuers,
    'if (status !== 200)',
    'if (false)',
  ]),
  rule('size of the keys', /keys are too long/, [
    issuers,
    'const documentMax = 65_536;',
    'const documentMax = 1e9;',
  ]),
  rule('number of keys', /no set of keys/, [issuers, 'keys.length <= keysMax', 'true']),
  rule('audience', /not for https/, [token, 'claims.audience === audience', 'true']),
  rule('challenge in the token', /is not the challenge/, [
    token,
    'claims.requestTags[challengeTag] === challenge,',
    'true,',
  ]),
  rule('account of the token', /it is not of the account/, [
    token,
    'claims.accountId === account.accountId',
    'true',
  ]),
  rule('account of the subject', /its subject is not of the account/, [
    token,
    'subject?.[2] === account.accountId',
    'true',
  ]),
  rule('lifetime of the token', /lives for more/, [
    token,
    'expiresAt - issuedAt <= lifetimeMaxSeconds',
    'true',
  ]),
  rule('end of the token', /has expired/, [
    token,
    'expiresAt > seconds - clockSkewSeconds',
    'true',
  ]),
  rule('begin of the token', /dated in the future/, [
    token,
    'issuedAt <= seconds + clockSkewSeconds',
    'true',
  ]),
  rule('times of the token', /how long it lives/, [
    token,
    'Number.isSafeInteger(iat) && Number.isSafeInteger(exp)',
    'true',
  ]),
  rule('id of the token', /it has no id/, [
    token,
    "typeof jti === 'string' && /^[\\w.:-]{8,200}$/.test(jti)",
    'true',
  ]),
  rule('token used once', /handed in before/, [verdict, '[!token.spent,', '[true,']),
  rule('issuer of the account', /another issuer of tokens/, [
    verdict,
    'issuerOfAccount === null || issuerOfAccount === issuer,',
    'true,',
  ]),
  rule('account of the issuer', /another account’s/, [
    verdict,
    'accountOfIssuer === null || accountOfIssuer === account.accountId,',
    'true,',
  ]),
];

const roleRules: Rule[] = [
  rule('name of the role', /not the name of a role/, [
    form,
    'if (isRoleName(roleName)) return',
    'return',
  ]),
  rule('external id asked for', /without its external id/, [
    'aws/proof-roles.ts',
    'if (await letsIn(ours, role.roleArn, other, signal)) return careless;',
    '',
  ]),
  rule('role that answers', /It was not the role/, [
    verdict,
    "form.method !== 'role' || role === asked",
    'true',
  ]),
];

export const rules: Rule[] = [
  ...fieldRules,
  ...answerRules,
  ...standingRules,
  ...tokenRules,
  ...roleRules,
];
