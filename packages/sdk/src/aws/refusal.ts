// What AWS says no with, sorted by what it means for whoever asked: may not, is not there, is busy.
import { SallyportError } from '../errors.ts';

/**
 * `denied`: a policy forbids the call · `absent`: what it names is not there · `credentials`: they
 * are missing, wrong or expired · `throttled`: asked too often · `unreachable`: no answer came ·
 * `refused`: anything else; the code says what.
 */
export type AwsRefusal =
  | 'denied'
  | 'absent'
  | 'credentials'
  | 'throttled'
  | 'unreachable'
  | 'refused';

/** AWS did not do what it was asked. */
export class AwsCallError extends SallyportError {
  static override readonly kind = 'AwsCallError';
  /** What was asked, as policies name it: `ec2:CreateVpcEndpoint`. */
  readonly action: string;
  /** AWS's own code: `UnauthorizedOperation`. */
  readonly code: string;
  readonly refusal: AwsRefusal;
  readonly awsRequestId: string | undefined;

  constructor(action: string, answer: AwsAnswer, cause: unknown) {
    super(`${action}: ${answer.code}: ${answer.message}`, undefined, cause);
    this.action = action;
    this.code = answer.code;
    this.refusal = refusalOf(answer);
    this.awsRequestId = answer.requestId;
  }
}

/**
 * Makes a call of the AWS SDK.
 * @param action as policies name it
 * @throws AwsCallError when AWS says no, the signal's reason when that aborts
 */
export async function asked<T>(
  action: string,
  signal: AbortSignal,
  call: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw signal.reason;
  try {
    return await call({ abortSignal: signal });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new AwsCallError(action, answerOf(error), error);
  }
}

/** What was read, or why it could not be. An abort is thrown, as it ends everything. */
export type Reading<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: AwsCallError };

/** Reads something without which the rest can go on. */
export async function readingOf<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof AwsCallError) return { error };
    throw error;
  }
}

interface AwsAnswer {
  code: string;
  message: string;
  status: number | undefined;
  requestId: string | undefined;
}

function answerOf(error: unknown): AwsAnswer {
  const { name, code, message, $metadata } = error as {
    name?: string;
    code?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number; requestId?: string };
  };
  const status = $metadata?.httpStatusCode;
  // An error of the network has the code of the system, and a name that says nothing.
  const best = status === undefined && code !== undefined ? code : name;
  return {
    code: best ?? 'UnknownError',
    message: message ?? 'AWS gave no reason.',
    status,
    requestId: $metadata?.requestId,
  };
}

const DENIED = /^(UnauthorizedOperation|AccessDenied|AccessDeniedException)$/;
const CREDENTIALS = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);
// Not allow-listed looks like that, too: EC2 does not tell a stranger what there is.
const ABSENT = /(\.NotFound|^NoSuch\w+|^InvalidServiceName)$/;
const THROTTLED =
  /^(RequestLimitExceeded|Throttling|ThrottlingException|TooManyRequestsException)$/;

function refusalOf({ code, status }: AwsAnswer): AwsRefusal {
  if (DENIED.test(code)) return 'denied';
  if (CREDENTIALS.has(code)) return 'credentials';
  if (ABSENT.test(code)) return 'absent';
  if (THROTTLED.test(code)) return 'throttled';
  return status === undefined || status >= 500 ? 'unreachable' : 'refused';
}
