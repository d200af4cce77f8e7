// What AWS says when it says no, in seven kinds. The code table is the only place that knows AWS's
// codes. To add one: put it under its kind, and a line into the table of test/aws/errors.test.ts.

export type AwsErrorKind =
  | 'not_found'
  | 'throttled'
  | 'denied'
  | 'invalid'
  | 'conflict'
  | 'unavailable'
  | 'aborted';

export interface AwsErrorDetails {
  kind: AwsErrorKind;
  /** AWS's code, or the name of the failure below it, such as `ECONNREFUSED`. */
  code: string;
  /** AWS's name of the action. */
  action: string;
  awsRequestId: string | null;
  /** Milliseconds after which the call has its turn; known for what we held back ourselves. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** A call to AWS that did not succeed. */
export class AwsError extends Error {
  readonly kind: AwsErrorKind;
  readonly code: string;
  readonly action: string;
  readonly awsRequestId: string | null;
  readonly retryAfterMs: number | null;

  constructor(message: string, details: AwsErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AwsError';
    this.kind = details.kind;
    this.code = details.code;
    this.action = details.action;
    this.awsRequestId = details.awsRequestId;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}

/**
 * What was thrown under a call, as an AwsError. One that is an AwsError already stays as it is: it
 * comes from the AssumeRole under the call.
 */
export function toAwsError(error: unknown, action: string): AwsError {
  if (error instanceof AwsError) return error;
  const { name, message, code: failure, $metadata } = shapeOf(error);
  const code = ($metadata?.httpStatusCode === undefined ? failure : undefined) ?? name;
  return new AwsError(firstLine(message), {
    kind: name === 'AbortError' ? 'aborted' : kindOfCode(code, $metadata?.httpStatusCode),
    code,
    action,
    awsRequestId: $metadata?.requestId ?? null,
    cause: authenticationCodes.has(code) ? undefined : error,
  });
}

/** The error for an answer that AWS does not give, say without an id. Nothing follows from it. */
export function unexpectedAnswer(action: string, what: string): AwsError {
  const details = { kind: 'unavailable', code: 'UnexpectedAnswer', action } as const;
  return new AwsError(`AWS's answer to ${action} ${what}.`, { ...details, awsRequestId: null });
}

/** The error of a caller's own doing: its signal said stop. */
export function abortedCall(action: string): AwsError {
  const details = { kind: 'aborted', code: 'AbortError', action, awsRequestId: null } as const;
  return new AwsError(`${action} was aborted.`, details);
}

/** The kind of a code: from the table, else by its ending, else by the status of the answer. */
export function kindOfCode(code: string, status?: number): AwsErrorKind {
  const known = kindByCode.get(code);
  if (known) return known;
  if (code.endsWith('.NotFound')) return 'not_found';
  if (code.endsWith('.Malformed')) return 'invalid';
  if (code.endsWith('LimitExceeded')) return 'conflict';
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'denied';
  return status !== undefined && status >= 400 && status < 500 ? 'invalid' : 'unavailable';
}

/** True when it is the credentials that AWS does not take, rather than what they may do. */
export function isAuthenticationFailure(error: AwsError): boolean {
  return authenticationCodes.has(error.code);
}

/**
 * Their messages may quote the canonical request, session token and all, on the lines after the
 * first; so such an error is kept as its first line, without its cause.
 */
const authenticationCodes = new Set([
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** The old protocol of SQS says the first, the new one the second. */
const missingQueue = ['AWS.SimpleQueueService.NonExistentQueue', 'QueueDoesNotExist'];

/**
 * Codes of the EC2 API reference ("Error codes"), the API references of Route 53, SQS and STS with
 * their common errors, and the SDK's own names. EC2 refuses a wrong secret as AuthFailure, the
 * others as SignatureDoesNotMatch. A describe says InvalidVpcEndpointServiceId.NotFound where an
 * item of a delete says InvalidVpcEndpointService.NotFound; the ending covers both.
 */
const codesByKind: Record<Exclude<AwsErrorKind, 'aborted'>, readonly string[]> = {
  not_found: ['NoSuchHostedZone', 'NoSuchChange', 'InvalidServiceName', ...missingQueue],
  throttled: [
    'BandwidthLimitExceeded',
    'EC2ThrottledException',
    'KmsThrottled',
    'LimitExceededException',
    'OverLimit',
    'PriorRequestNotComplete',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'SlowDown',
    'ThrottledException',
    'Throttling',
    'ThrottlingException',
    'TooManyRequestsException',
  ],
  denied: [
    ...authenticationCodes,
    'AccessDenied',
    'AccessDeniedException',
    'Blocked',
    'CredentialsProviderError',
    'KmsAccessDenied',
    'OptInRequired',
    'PendingVerification',
    'RegionDisabledException',
    'UnauthorizedOperation',
  ],
  invalid: [
    'InvalidAction',
    'InvalidClientToken',
    'InvalidDomainName',
    'InvalidFilter',
    'InvalidInput',
    'InvalidMaxResults',
    'InvalidNextToken',
    'InvalidPaginationToken',
    'InvalidParameter',
    'InvalidParameterCombination',
    'InvalidParameterValue',
    'MalformedPolicyDocument',
    'MissingParameter',
    'UnknownParameter',
    'UnknownPrincipalType.Unsupported',
    'UnsupportedOperation',
    'ValidationError',
  ],
  conflict: [
    'ConcurrentTagAccess',
    'DependencyViolation',
    'ExistingVpcEndpointConnections',
    'IdempotentParameterMismatch',
    'IncorrectState',
    'InvalidChangeBatch',
    'InvalidState',
  ],
  unavailable: [
    'InternalError',
    'InternalFailure',
    'RequestTimeout',
    'ServiceUnavailable',
    'TimeoutError',
    'Unavailable',
  ],
};

const kindByCode = new Map<string, AwsErrorKind>(
  Object.entries(codesByKind).flatMap(([kind, codes]) =>
    codes.map((code) => [code, kind as AwsErrorKind] as const),
  ),
);

const messageMax = 500;

interface ErrorShape {
  name: string;
  message: string;
  code?: string;
  $metadata?: { httpStatusCode?: number; requestId?: string };
}

function shapeOf(error: unknown): ErrorShape {
  return error instanceof Error ? error : { name: 'UnknownError', message: String(error) };
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.slice(0, messageMax);
}
