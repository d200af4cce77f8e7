// Policies and identities as a world's spec has them: the members that users and roles share. Only
// the shape is checked here; what the policies say is read by identity/policies/ and refused there.

import { z } from 'zod';

const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

const oneOrMore = z.union([z.string(), list(z.string())]);

const principal = z.union([z.literal('*'), z.record(z.string(), oneOrMore)]);

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([scalar, list(scalar)]))).optional(),
});

export const policyDocumentSchema = z
  .strictObject({
    Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
    Id: z.string().optional(),
    Statement: z.union([statementSchema, list(statementSchema)]),
  })
  .describe('An IAM policy.');

export const managedPolicySchema = z
  .strictObject({
    name: z.string().min(1).describe('The end of its ARN.'),
    path: z.string().optional().describe('For example /team/; / by default.'),
    document: policyDocumentSchema.describe('What it says.'),
  })
  .describe('Can be named in the PolicyArns of AssumeRole: arn:aws:iam::ACCOUNT:policy/PATH/NAME.');

/** What users and roles have in common besides their name. */
export const identityMembers = {
  path: z
    .string()
    .regex(/^\/([\x21-\x7e]+\/)?$/, 'A path begins and ends with /')
    .optional()
    .describe('For example /team/; / by default.'),
  policies: list(policyDocumentSchema)
    .optional()
    .describe('What it may do: exactly this. Left out, it is an administrator.'),
  permissionsBoundary: policyDocumentSchema
    .optional()
    .describe('A policy that bounds the others; none by default.'),
  tags: z
    .record(z.string(), z.string())
    .optional()
    .describe('What aws:PrincipalTag conditions see: {"team": "network"}.'),
};

/** What a role has besides. */
export const roleMembers = {
  maxSessionDuration: z
    .int()
    .min(3600)
    .max(43_200)
    .optional()
    .describe('Seconds; 3600 by default.'),
  trustPolicy: policyDocumentSchema
    .optional()
    .describe('Instead of trusts and externalId, which are short for a simple one.'),
};

/** What an account has of identities besides users and roles. */
export const accountPolicyMembers = {
  serviceControlPolicies: list(policyDocumentSchema)
    .optional()
    .describe('They bind every identity of the account, root too; none by default.'),
  managedPolicies: list(managedPolicySchema)
    .optional()
    .describe('Policies that PolicyArns of AssumeRole can name.'),
  outboundFederation: z
    .boolean()
    .optional()
    .describe(
      'Whether GetWebIdentityToken is enabled; true by default. At AWS it is off at first.',
    ),
};

export type StatementDocument = Readonly<z.input<typeof statementSchema>>;
export type PolicyDocument = Readonly<z.input<typeof policyDocumentSchema>>;
