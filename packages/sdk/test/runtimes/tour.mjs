// One look at everything that a runtime has to bring along: fetch, streams, timers, WebCrypto, and
// classes across copies. Told as JSON on the console, which is the same in all of them.
//
//   <runtime> tour.mjs <module of the SDK> <origin of the service>

const [module, baseUrl] =
  typeof Deno === 'undefined' ? process.argv.slice(2) : globalThis.Deno.args;
const sdk = await import(module);
const { NotFoundError, Sallyport, TimeoutError, WaiterFailedError, webhooks } = sdk;

const client = new Sallyport({ baseUrl, apiKey: 'sallyport_customer_canary', maxRetries: 2 });
const told = {};

told.items = await client.connections.list({ limit: 1 }).toArray({ limit: 3 });
told.created = await client.accounts.create({ account_id: '222222222222' });
told.missing = await client.accounts.get('nothing').catch((error) => ({
  isOurs: error instanceof NotFoundError,
  code: error.code,
  turn: error.remediation?.actor,
}));
told.late = await client.operations
  .get('slow', { timeoutMs: 50, maxRetries: 0 })
  .catch((error) => error instanceof TimeoutError);
told.dead = await client.connections
  .waitUntilAvailable('vpce-0dead')
  .catch((error) => [error instanceof WaiterFailedError, error.state]);
const secret = `whsec_${btoa('a secret of thirty-two bytes, yes')}`;
const body = JSON.stringify({ type: 'a.b', timestamp: '2027-01-31T12:00:00Z', data: {} });
const headers = await webhooks.sign(body, { id: 'evt_1', secret });
told.webhook = (await webhooks.unwrap(body, headers, secret)).type;
// oxlint-disable-next-line no-console -- Deno and Bun share this one with Node.
console.log(JSON.stringify(told));
