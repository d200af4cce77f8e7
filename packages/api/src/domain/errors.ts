// The catalogue of every error a caller can meet: the only place where a code gets its status and
// remedy. To add one: add an entry, throw it with `refuse`, and run `pnpm generate`
// (docs/errors.md follows).

/** Whose turn it is: the vendor's, its customer's, AWS's, or that of whoever made the request. */
export type Actor = 'vendor' | 'customer' | 'aws' | 'caller';

export interface ErrorEntry {
  status: number;
  title: string;
  cause: string;
  remediation: { actor: Actor; action: string; command: string | null };
  /** Why no command helps, of what has none. For the docs. */
  noCommand: string | null;
}

export const errorCatalogue = {
  invalid_request: entry(400, 'The request is not valid', {
    cause: 'A field or parameter is unknown, missing or not of the documented form.',
    action: 'Correct what `detail` says, or each field of `errors`, and send the request again.',
    noCommand: 'what was sent is to be changed; `--help` of each command and /docs have its form.',
  }),
  invalid_json: entry(400, 'The body is not JSON', {
    cause: 'The body could not be parsed as JSON.',
    action: 'Send a body that is valid JSON with `Content-Type: application/json`.',
    noCommand: 'the body comes from whoever writes it.',
  }),
  invalid_cursor: entry(400, 'The cursor is not valid', {
    cause: 'The cursor was not given by this list, or the filters have changed since.',
    action: 'Start again without a cursor.',
    noCommand: 'the command line follows cursors by itself.',
  }),
  invalid_idempotency_key: entry(400, 'The idempotency key is not valid', {
    cause: 'An Idempotency-Key is 1 to 255 visible ASCII characters.',
    action: 'Send a fresh random key, for example a UUID.',
    noCommand: 'the command line and the SDK make keys by themselves.',
  }),
  wrong_id_kind: entry(400, 'The id is of another kind', {
    cause: 'The id belongs to another kind of resource than this path takes.',
    action: 'Use the id, or the natural key, of the kind that the message names.',
    command: 'sallyport who ID',
  }),
  unauthenticated: entry(401, 'No valid API key', {
    cause: 'The request carries no API key, or one that is malformed, unknown, expired or revoked.',
    action: 'Send `Authorization: Bearer <key>` with a key that is valid.',
    command: 'sallyport auth status',
  }),
  forbidden: entry(403, 'The role of the key does not allow this', {
    cause: 'The operation is not open to the role of this API key.',
    action: 'Use a key with one of the roles that the message names.',
    command: 'sallyport auth status',
  }),
  insufficient_scope: entry(403, 'The scopes of the key do not allow this', {
    cause: 'The role may, but this API key is limited to scopes that do not hold this operation.',
    action: 'Use a key with the scope that the message names, or one without scopes.',
    command: 'sallyport auth status',
  }),
  not_found: entry(404, 'There is no such resource', {
    cause: 'Nothing with this id or natural key is visible to this API key.',
    action: 'List the resources to find the id.',
    command: 'sallyport who ID',
  }),
  route_not_found: entry(404, 'There is no such path', {
    cause: 'No operation has this path.',
    action: 'See the API reference at /docs.',
    noCommand: 'the command line asks for paths of the contract only.',
  }),
  method_not_allowed: entry(405, 'The path does not take this method', {
    cause: 'The path exists with other methods, named in the Allow header.',
    action: 'Use a method from the Allow header.',
    noCommand: 'the command line uses methods of the contract only.',
  }),
  already_exists: entry(409, 'It exists already', {
    cause: 'Another resource has the same natural key.',
    action: 'Use the existing resource, or another key.',
    command: 'sallyport who KEY',
  }),
  limit_reached: entry(409, 'There are as many as there may be', {
    cause: 'The number of these is limited, and the limit is reached.',
    action: 'Delete one that is not needed any more.',
    noCommand: 'what there are too many of depends on the request; `detail` says it.',
  }),
  in_use: entry(409, 'It is still in use', {
    cause: 'Other resources depend on this one.',
    action: 'Remove what depends on it first; the message names it.',
    noCommand: 'what depends on it can be of many kinds; `detail` names it.',
  }),
  invalid_state_transition: entry(409, 'The state does not allow this', {
    cause: 'The resource is in a state from which this change is not possible.',
    action: 'Read the resource and choose a change that its state allows.',
    command: 'sallyport who ID',
  }),
  idempotency_in_progress: entry(409, 'The first request with this key is still running', {
    cause: 'A request with the same Idempotency-Key has not ended yet.',
    action: 'Wait a second and send the same request again.',
    noCommand: 'the command line and the SDK wait and repeat by themselves.',
  }),
  aspect_not_managed: entry(409, 'The aspect is in observe mode', {
    cause: 'The endpoint service leaves this aspect to other hands, so nothing is changed in AWS.',
    action: 'Look at the plan, then switch the aspect to `manage`.',
    actor: 'vendor',
    command: 'sallyport services set-modes SERVICE --acceptance manage',
  }),
  service_stands_still: entry(409, 'The service stands still', {
    cause: 'It is frozen, or its mark in AWS says that another Sallyport manages it.',
    action: 'Read why at the service; unfreeze it, or confirm this deployment after its plan.',
    actor: 'vendor',
    command: 'sallyport services get SERVICE',
  }),
  secrets_key_missing: entry(409, 'Secrets cannot be kept', {
    cause:
      'Secrets of webhooks are stored sealed, and this deployment has no key to seal them with.',
    action: 'Set SALLYPORT_SECRETS_KEY_FILE for every process, and start them again.',
    actor: 'vendor',
    noCommand: 'it is a setting of the processes; docs/settings.md tells how to make the key.',
  }),
  account_without_standing: entry(409, 'The account has no standing', {
    cause: 'Nobody has proven or attested that the customer owns this AWS account.',
    action: 'Let the customer prove the account, or attest it with a reason.',
    actor: 'customer',
    command: 'sallyport accounts get ACCOUNT',
  }),
  account_disputed: entry(409, 'Another customer owns the account', {
    cause: 'The AWS account has standing with another customer, and an account has one owner.',
    action: 'Let an operator find out whose account it is; ownership is never taken over.',
    actor: 'vendor',
    command: 'sallyport who ACCOUNT',
  }),
  customer_not_active: entry(409, 'The customer is not active', {
    cause: 'The customer is suspended, leaving or gone, so nothing new may be set up for it.',
    action: 'Read its state; a customer that left comes back as a new one, with a new external_id.',
    actor: 'vendor',
    command: 'sallyport customers get CUSTOMER',
  }),
  challenge_not_usable: entry(409, 'The challenge cannot be used', {
    cause: 'The challenge has expired, or was spent by an earlier proof.',
    action: 'Ask for a fresh challenge and sign that one.',
    actor: 'customer',
    command: 'sallyport accounts create-challenge ACCOUNT',
  }),
  proof_refused: entry(422, 'AWS did not confirm the proof', {
    cause:
      'AWS refused it, or it is of another account, role, challenge or service than asked for.',
    action: 'Prove the account anew, with a fresh challenge; docs/prove tells of each refusal.',
    actor: 'customer',
    command: 'sallyport accounts create-challenge ACCOUNT',
  }),
  invalid_principal: entry(422, 'The principal cannot be allowed', {
    cause:
      'AWS takes the root, a role or a user of an account, without a path, and we never send `*`.',
    action: 'Name the role or user without its path.',
    noCommand: 'the name is to be changed where the grant, or the entry, is written.',
  }),
  invite_not_usable: entry(409, 'The invite cannot be used', {
    cause: 'It is unknown, redeemed, revoked or expired, or its customer is not active.',
    action: 'Ask the vendor for a new invite.',
    actor: 'vendor',
    command: 'sallyport customers invites create CUSTOMER',
  }),
  observation_token_not_usable: entry(409, 'The token cannot be used', {
    cause: 'It is unknown, spent or expired, or the connection is no longer whose it was.',
    action: 'Ask for a new token, and report with that one.',
    actor: 'customer',
    command: 'sallyport observations create-token CONNECTION',
  }),
  import_refused: entry(422, 'Rows of the import are refused', {
    cause: 'With `all_or_nothing` nothing is imported unless every row is fine.',
    action: 'Correct the rows listed in `errors`, or import the others without `all_or_nothing`.',
    noCommand: 'the rows are to be corrected in the file that they come from.',
  }),
  precondition_failed: entry(412, 'It is not as the request expects', {
    cause: 'Somebody has changed it since the answer whose ETag came as `If-Match`, or it exists.',
    action: 'Read it again, decide anew, and send the change with the ETag of that answer.',
    noCommand: 'which read it is depends on the resource: the GET of the same path.',
  }),
  precondition_required: entry(428, 'The change must say what it was made from', {
    cause: 'It replaces a list, and what is not in the new one would be taken away unseen.',
    action: 'Send `If-Match` with the ETag of what you have read, or `*` to replace anything.',
    noCommand: 'which read it is depends on the resource: the GET of the same path.',
  }),
  idempotency_mismatch: entry(422, 'The key was used for another request', {
    cause: 'The same Idempotency-Key came with another method, path or body before.',
    action: 'Use a fresh key for a new request.',
    noCommand: 'the command line and the SDK make keys by themselves.',
  }),
  rate_limited: entry(429, 'Too many requests', {
    cause: 'The key, its customer or the address has sent more than its limit in this window.',
    action: 'Wait for the seconds in Retry-After; RateLimit tells how many requests are left.',
    noCommand: 'time alone helps; the SDK and the command line wait by themselves.',
  }),
  too_many_open: entry(429, 'Too many requests are open', {
    cause:
      'The caller has as many event streams, reads that wait, or proofs without a verdict as it ' +
      'may have at once.',
    action: 'Come again after the seconds in Retry-After, or end one of them.',
    noCommand: 'what is open belongs to programs; each ends its own.',
  }),
  request_timeout: entry(408, 'The request took too long to arrive', {
    cause: 'The headers or the body were not there in time.',
    action: 'Send it again, and all at once.',
    noCommand: 'it is the network, or what sends the request.',
  }),
  headers_too_large: entry(431, 'The headers are too large', {
    cause: 'The request line and the headers are more than 16 KiB together.',
    action: 'Send fewer or shorter headers; filters that are long belong into several requests.',
    noCommand: 'it is what sends the request that has to be changed.',
  }),
  payload_too_large: entry(413, 'The body is too large', {
    cause: 'The body is larger than the server accepts.',
    action: 'Send less in one request.',
    noCommand: 'what is sent has to be parted; `imports create` does so by itself.',
  }),
  unsupported_media_type: entry(415, 'The media type is not supported', {
    cause: 'Bodies are JSON.',
    action: 'Send JSON with `Content-Type: application/json`, and no `Content-Encoding`.',
    noCommand: 'it is what sends the request that has to be changed.',
  }),
  aws_call_failed: entry(502, 'AWS refused or did not answer', {
    cause: 'Calls to AWS that this needs keep failing: they are denied, refused or not answered.',
    action: 'Mend what the message names, say a permission of the role, and start it again.',
    actor: 'vendor',
    command: 'sallyport provider-accounts get PROVIDER_ACCOUNT',
  }),
  internal_error: entry(500, 'Something broke on our side', {
    cause: 'A defect. The log has the details under the request id.',
    action: 'Report the request id; repeating with the same Idempotency-Key is safe.',
    actor: 'vendor',
    noCommand: 'the reason is in the log of the service, and no command shows that.',
  }),
  unavailable: entry(503, 'The service is not available right now', {
    cause: 'The database does not answer, or the service is stopping, or too much is open there.',
    action: 'Try again after the time in Retry-After.',
    actor: 'vendor',
    noCommand: 'time alone helps; /readyz and the log say what is missing.',
  }),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/**
 * One field or parameter that is wrong: `pointer` into the body (RFC 6901) or a parameter's name.
 */
export interface FieldError {
  pointer?: string;
  parameter?: string;
  detail: string;
}

/**
 * An answer to the caller, not a defect: thrown anywhere, turned into problem+json in http/ only.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  readonly command: string | null;

  constructor(code: ErrorCode, detail: string, more: RefusalDetails = {}) {
    super(detail);
    this.name = 'Refusal';
    this.code = code;
    this.fields = more.fields ?? [];
    this.command = more.command ?? null;
  }
}

export interface RefusalDetails {
  fields?: FieldError[];
  /** The exact command that helps, in place of the catalogue's general one. */
  command?: string;
}

/** Makes the error to throw: `throw refuse('not_found', 'There is no customer …')`. */
export function refuse(code: ErrorCode, detail: string, more?: RefusalDetails): Refusal {
  return new Refusal(code, detail, more);
}

/** The same of one field of the body, or one parameter. */
export function refuseInput(where: Omit<FieldError, 'detail'>, detail: string): Refusal {
  return refuse('invalid_request', detail, { fields: [{ ...where, detail }] });
}

type EntryText = { cause: string; action: string; actor?: Actor } & (
  | { command: string }
  | { noCommand: string }
);

function entry(status: number, title: string, text: EntryText): ErrorEntry {
  const { cause, action, actor = 'caller' } = text;
  const command = 'command' in text ? text.command : null;
  const noCommand = 'noCommand' in text ? text.noCommand : null;
  return { status, title, cause, remediation: { actor, action, command }, noCommand };
}
