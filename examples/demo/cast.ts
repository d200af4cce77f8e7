// Who plays: the vendor, two customers and a stranger, by the simulator's default world.

export const region = 'us-east-1';

export const vendor = { account: '111111111111', role: 'sallyport', domain: 'vendor.example' };

export const customers = {
  acme: { account: '222222222222', name: 'Acme Bank', externalId: 'acme' },
  globex: { account: '333333333333', name: 'Globex', externalId: 'globex' },
} as const;

/** A root key of the simulator: the account number is the key id. */
export function rootCredentials(account: string) {
  return { accessKeyId: account, secretAccessKey: 'simulator' };
}
