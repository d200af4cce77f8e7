// What can be waited for, as the help tells it: which changes lead there is in awaited-changes.ts.

export const waitables = {
  connection: {
    argument: 'connection',
    list: 'connections list',
    help: 'Wait until a connection is available. It may be one that was not seen yet.',
    example: 'sallyport wait connection vpce-0a1b2c3d4e5f60718 --timeout 10m',
  },
  account: {
    argument: 'account',
    list: 'accounts list',
    help: 'Wait until an account is proven, attested or imported.',
    example: 'sallyport wait account 222222222222 --timeout 5m',
  },
  'private-dns': {
    argument: 'endpoint-service',
    list: 'services list',
    help: 'Wait until the private DNS name of a service is verified.',
    example: 'sallyport wait private-dns vpce-svc-0a1b2c3d4e5f60718 --timeout 30m',
  },
  operation: {
    argument: 'operation',
    list: 'operations list',
    help: 'Wait until an operation has succeeded.',
    example: 'sallyport wait operation op_01kaqy0v5ne4rvk3z4m5t6w7x8',
  },
} as const;

export type Waitable = keyof typeof waitables;
