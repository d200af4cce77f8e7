// How services say no before an operation is reached: to credentials, to a caller without the
// permission, to too many calls, to a dry run. EC2 says AuthFailure for nearly all bad credentials
// (seen in the field); the others tell a wrong signature from an unknown key.

import { AwsError } from '../aws-error.ts';
import type { ErrorCode } from '../error-codes.ts';
import type { CredentialsRefused, FailureKind } from '../identity/credential-failure.ts';

export interface Refusals {
  credentials(refused: CredentialsRefused): AwsError;
  /**
   * @param callerArn who may not. @param action with the service's prefix.
   * @param resource ARN or `*`. @param reason in AWS's words, such as `because no identity-based
   * policy allows …`; may be empty.
   */
  denied(callerArn: string, action: string, resource: string, reason?: string): AwsError;
  throttled(): AwsError;
}

/** EC2's. RequestLimitExceeded is a 503, UnauthorizedOperation a 403 (the latter from memory). */
export const ec2Refusals: Refusals = {
  credentials: (refused) => credentialError(ec2Answers, refused),
  denied: (...denied) =>
    new AwsError(
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. ${deniedText(...denied)}`,
      403,
    ),
  throttled: () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503),
};

/**
 * What the services other than EC2 have in common.
 * @param codes what one of them calls a denial and a throttle, when it is not the common word.
 */
export function commonRefusals(
  codes: { denied?: ErrorCode; throttled?: ErrorCode } = {},
): Refusals {
  const { denied = 'AccessDenied', throttled = 'Throttling' } = codes;
  return {
    credentials: (refused) => credentialError(commonAnswers, refused),
    denied: (...who) => new AwsError(denied, deniedText(...who), 403),
    throttled: () => new AwsError(throttled, 'Rate exceeded', 400),
  };
}

/** A dry run that would have succeeded. EC2 API reference; status 412 is from memory. */
export function dryRun(): AwsError {
  const message = 'Request would have succeeded, but DryRun flag is set.';
  return new AwsError('DryRunOperation', message, 412);
}

function deniedText(callerArn: string, action: string, resource: string, reason = ''): string {
  const what = `${action} on resource: ${resource}${reason && ` ${reason}`}`;
  return `User: ${callerArn} is not authorized to perform: ${what}`;
}

function credentialError(answers: Answers, refused: CredentialsRefused): AwsError {
  const [code, status, message] = answers[refused.kind];
  return new AwsError(code, message ?? refused.message, status);
}

// Without a message, the detail of the failure is the message. Statuses other than 400 are from
// memory.
type Answer = readonly [code: ErrorCode, status: number, message?: string];

const authFailure: Answer = [
  'AuthFailure',
  401,
  'AWS was not able to validate the provided access credentials',
];

type Answers = Readonly<Record<FailureKind, Answer>>;

const ec2Answers: Answers = {
  missing: [
    'MissingAuthenticationToken',
    403,
    'The request must contain a valid (registered) AWS access key ID.',
  ],
  incomplete: ['IncompleteSignature', 400],
  'unknown-key': authFailure,
  'wrong-token': authFailure,
  'expired-token': ['RequestExpired', 400, 'Request has expired.'],
  mismatch: authFailure,
  'unsigned-host': authFailure,
  'wrong-scope': authFailure,
  expired: ['RequestExpired', 400],
  'not-yet-valid': ['RequestExpired', 400],
};

const invalidToken: Answer = [
  'InvalidClientTokenId',
  403,
  'The security token included in the request is invalid.',
];

const commonAnswers: Answers = {
  missing: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  incomplete: ['IncompleteSignature', 400],
  'unknown-key': invalidToken,
  'wrong-token': invalidToken,
  'expired-token': ['ExpiredToken', 403, 'The security token included in the request is expired'],
  mismatch: [
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. ' +
      'Consult the service documentation for details.',
  ],
  'unsigned-host': [
    'SignatureDoesNotMatch',
    403,
    "'Host' must be a 'SignedHeader' in the AWS Authorization.",
  ],
  'wrong-scope': ['SignatureDoesNotMatch', 403],
  expired: ['SignatureDoesNotMatch', 403],
  'not-yet-valid': ['SignatureDoesNotMatch', 403],
};
