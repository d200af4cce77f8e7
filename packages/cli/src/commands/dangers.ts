// Which generated commands ask first: those that cut somebody off, or cannot be taken back.

import type { OperationId } from '../generated/commands.ts';

export const dangers: ReadonlySet<OperationId> = new Set([
  'adoptPrincipal',
  'adoptPrincipals',
  'deleteAccount',
  'deleteEndpointService',
  'deleteGrant',
  'deleteNote',
  'deletePrivateDns',
  'deleteProviderAccount',
  'deleteWebhook',
  'offboardCustomer',
  'rejectConnection',
  'retireEndpointService',
  'revokeApiKey',
  'revokeInvite',
  'suspendCustomer',
] as const);
