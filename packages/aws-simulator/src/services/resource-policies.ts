// Policies on queues and topics: reading one that is given, adding and removing its statements, and
// what it lets an AWS service do. What it lets callers do is decided with their own permissions.

import { requestContext } from '../identity/policies/context.ts';
import { evaluate } from '../identity/policies/evaluation.ts';
import { type Policy, parsePolicy } from '../identity/policies/policy.ts';
import { PolicyError } from '../identity/policies/policy-error.ts';

/** A statement that AddPermission makes. */
export interface Grant {
  readonly label: string;
  readonly accounts: readonly string[];
  /** With the service's prefix, for example `SQS:SendMessage`. */
  readonly actions: readonly string[];
  /** The resource's ARN. */
  readonly resource: string;
}

/** A request that a service makes for somebody's resource. */
export interface ServiceRequest {
  /** For example `vpce.amazonaws.com`. */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

interface Document {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** Why a document cannot be the policy of a resource, or undefined. */
export function policyProblem(text: string): string | undefined {
  try {
    parsePolicy(text, 'resource');
    return undefined;
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
}

/** @param text of a policy that was accepted; empty or undefined when there is none. */
export function policyOf(text: string | undefined): Policy | undefined {
  return text ? parsePolicy(text, 'resource') : undefined;
}

/** Whether the policy of a resource lets a service do something for somebody. */
export function letsService(text: string | undefined, request: ServiceRequest): boolean {
  const policy = policyOf(text);
  if (!policy) return false;
  const { service, action, resource } = request;
  const context = requestContext({
    'aws:PrincipalIsAWSService': true,
    'aws:PrincipalServiceName': service,
    'aws:SecureTransport': true,
    'aws:SourceAccount': request.sourceAccount,
    'aws:SourceArn': request.sourceArn,
  });
  const verdict = evaluate([policy], { action, resource, context, requester: { service } });
  return verdict.effect === 'allow';
}

/** The policy with one more statement, or undefined when the label is in use. */
export function withGrant(text: string | undefined, grant: Grant, id: string): string | undefined {
  const document = documentOf(text, id);
  if (document.Statement.some(({ Sid }) => Sid === grant.label)) return undefined;
  const statement = {
    Sid: grant.label,
    Effect: 'Allow',
    Principal: { AWS: oneOrList(grant.accounts.map((account) => `arn:aws:iam::${account}:root`)) },
    Action: oneOrList(grant.actions),
    Resource: grant.resource,
  };
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}

/**
 * The policy without a statement, `undefined` when it has none with this label. Of the last
 * statement nothing remains, which is an empty text.
 */
export function withoutGrant(text: string | undefined, label: string): string | undefined {
  const document = documentOf(text, '');
  const kept = document.Statement.filter(({ Sid }) => Sid !== label);
  if (kept.length === document.Statement.length) return undefined;
  return kept.length === 0 ? '' : JSON.stringify({ ...document, Statement: kept });
}

function documentOf(text: string | undefined, id: string): Document {
  if (!text) return { Version: '2008-10-17', Id: id, Statement: [] };
  const document = JSON.parse(text) as Document;
  const { Statement: statement } = document;
  return { ...document, Statement: Array.isArray(statement) ? statement : [statement as never] };
}

function oneOrList(items: readonly string[]): string | readonly string[] {
  return items.length === 1 ? (items[0] as string) : items;
}
