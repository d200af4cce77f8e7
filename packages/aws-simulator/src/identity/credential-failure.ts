// Why credentials are refused, and how each service words it. EC2 says AuthFailure for nearly
// everything (seen in the field); STS and Route 53 tell a wrong signature from an unknown key.

import { AwsError } from '../aws-error.ts';

export type Service = 'ec2' | 'sts' | 'route53';

export type FailureKind =
  | 'missing'
  | 'incomplete'
  | 'unknown-key'
  | 'wrong-token'
  | 'expired-token'
  | 'mismatch'
  | 'unsigned-host'
  | 'wrong-scope'
  | 'expired'
  | 'not-yet-valid';

/** Thrown inside identity/ only; `credentialError` makes it an answer. */
export class CredentialsRefused extends Error {
  readonly kind: FailureKind;

  /** @param detail what a service may tell the caller beyond the kind. */
  constructor(kind: FailureKind, detail = '') {
    super(detail);
    this.name = 'CredentialsRefused';
    this.kind = kind;
  }
}

/** The error a service answers with. */
export function credentialError(service: Service, refused: CredentialsRefused): AwsError {
  const [code, status, message] = (service === 'ec2' ? ec2Answers : queryAnswers)[refused.kind];
  return new AwsError(code, message ?? refused.message, status);
}

// Without a message, the detail of the failure is the message. Statuses other than 400 are from
// memory.
type Answer = readonly [code: string, status: number, message?: string];

const authFailure: Answer = [
  'AuthFailure',
  401,
  'AWS was not able to validate the provided access credentials',
];

const ec2Answers: Readonly<Record<FailureKind, Answer>> = {
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

const queryAnswers: Readonly<Record<FailureKind, Answer>> = {
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
