// What a text that somebody pasted may be: one of our ids, a name that AWS gives, or a name that
// people use. Nothing is looked up here.

export type Kind =
  | 'connection'
  | 'endpoint-service'
  | 'customer'
  | 'account'
  | 'grant'
  | 'principal'
  | 'provider-account'
  | 'operation'
  | 'event'
  | 'api-key'
  | 'webhook';

export type Identifier =
  | { form: 'id'; kind: Kind; text: string }
  /** An id of ours that is only read by way of something else. */
  | { form: 'part'; what: string; list: string }
  | { form: 'endpoint' | 'service' | 'account' | 'load-balancer' | 'name'; text: string }
  | { form: 'principal'; text: string; account: string };

const kinds: Record<string, Kind> = {
  con: 'connection',
  svc: 'endpoint-service',
  cus: 'customer',
  acct: 'account',
  grt: 'grant',
  prn: 'principal',
  pacc: 'provider-account',
  op: 'operation',
  evt: 'event',
  key: 'api-key',
  whk: 'webhook',
};

const parts: Record<string, { what: string; list: string }> = {
  inv: { what: 'an invite', list: 'customers invites list CUSTOMER' },
  note: { what: 'a note', list: 'connections notes list CONNECTION' },
  obs: { what: 'an observation', list: 'observations list CONNECTION' },
  dlv: { what: 'a delivery', list: 'webhooks deliveries list WEBHOOK' },
  aud: { what: 'an audit entry', list: 'audit list' },
  eff: { what: 'a change of AWS', list: 'effects list' },
  run: { what: 'a run of a worker', list: 'runs list' },
  req: { what: 'a request', list: 'audit list -o ndjson | grep ID' },
};

/** Blanks and quotes around it come with pasting. */
export function identify(asked: string): Identifier {
  const text = asked.trim().replace(/^["'`]|["'`,;.]+$/g, '');
  return ownId(text) ?? awsName(text) ?? { form: 'name', text };
}

function ownId(text: string): Identifier | undefined {
  const [, prefix = ''] = /^([a-z]+)_[0-9a-hjkmnp-tv-z]{26}$/.exec(text) ?? [];
  if (Object.hasOwn(kinds, prefix)) return { form: 'id', kind: kinds[prefix]!, text };
  return Object.hasOwn(parts, prefix) ? { form: 'part', ...parts[prefix]! } : undefined;
}

/** Whether it begins as an id of ours does, and is none. */
export function isPartOfId(text: string): boolean {
  const [, prefix = ''] = /^([a-z]+)_[0-9a-z]*$/.exec(text) ?? [];
  return Object.hasOwn(kinds, prefix) || Object.hasOwn(parts, prefix);
}

/**
 * An ARN, the DNS names of an endpoint (`vpce-ID-….vpce-svc-….REGION.vpce.amazonaws.com`) and a
 * service name (`com.amazonaws.vpce.REGION.vpce-svc-…`) hold ids; the endpoint's stands first.
 */
function awsName(text: string): Identifier | undefined {
  const principal = principalOf(text);
  if (principal) return principal;
  const [endpoint] = /\bvpce-(?!svc-)[0-9a-f]{8,17}\b/.exec(text) ?? [];
  if (endpoint && !/\s/.test(text)) return { form: 'endpoint', text: endpoint };
  const [service] = /\bvpce-svc-[0-9a-f]{8,17}\b/.exec(text) ?? [];
  if (service && !/\s/.test(text)) return { form: 'service', text: service };
  if (/^arn:[\w-]+:elasticloadbalancing:/.test(text)) return { form: 'load-balancer', text };
  const digits = text.replaceAll(/[- ]/g, '');
  return /^\d{12}$/.test(digits) ? { form: 'account', text: digits } : undefined;
}

/** A session is of its role; the session's name is nobody's business here. */
function principalOf(arn: string): Identifier | undefined {
  const [, partition, service, account, rest = ''] =
    /^arn:([\w-]+):(iam|sts)::(\d{12}):(.+)$/.exec(arn) ?? [];
  if (account === undefined) return undefined;
  const [, role] = /^assumed-role\/([^/]+)\//.exec(rest) ?? [];
  const text = service === 'sts' && role ? `arn:${partition}:iam::${account}:role/${role}` : arn;
  return { form: 'principal', text, account };
}
