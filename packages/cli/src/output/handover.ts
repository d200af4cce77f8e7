// What the vendor hands to a new customer, as a text to paste: the invite, and what to do with it.

import type { Customer, Grant, InviteWithToken } from '@sallyport/sdk';
import { disarm } from './disarm.ts';

export interface Handover {
  url: string;
  customer: Customer;
  accounts: readonly Record<string, unknown>[];
  grants: readonly Grant[];
  invite: InviteWithToken;
}

export function handoverText({ url, customer, accounts, grants, invite }: Handover): string {
  const numbers = accounts.map(({ account_id: number }) => String(number)).join(', ');
  const account = numbers === '' ? 'the AWS account' : `AWS account ${numbers}`;
  const names = grants.map(({ service }) => service.service_name).filter(Boolean);
  const services = names.join(', ') || 'its service, once there is a grant';
  const lines = [
    `For ${customer.name}. The invite works once, until ${invite.expires_at}:`,
    '',
    `  ${invite.token}`,
    '',
    '1. Put it into a file and redeem it for an API key, which nobody else sees:',
    `     sallyport invites redeem --url ${url} --token-file invite.txt`,
    '   or from code: client.invites.redeem({ token }) of @sallyport/sdk.',
    `2. Prove ${account}: prove() of @sallyport/sdk/aws, with`,
    '   credentials of that account, which stay where they are.',
    `3. Connect a VPC to ${services}:`,
    '   connect() of @sallyport/sdk/aws, or an interface endpoint by your own tools.',
  ];
  return `${lines.map(disarm).join('\n')}\n`;
}
