// Turns an answer that is not a success into the error to throw.
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  type CallContext,
  ConflictError,
  NotFoundError,
  NotModifiedError,
  PermissionDeniedError,
  PreconditionFailedError,
  RateLimitError,
  ServerError,
  UnprocessableError,
} from './errors.ts';
import type { Problem } from './generated/types.ts';
import { readRetryAfter } from './retry.ts';

const CLASSES: Record<number, typeof ApiError> = {
  304: NotModifiedError,
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  412: PreconditionFailedError,
  422: UnprocessableError,
  428: PreconditionFailedError,
  429: RateLimitError,
};

/** `text` is the answer's body; anything but a problem document is summed up, never quoted. */
export function errorFrom(
  call: CallContext,
  response: Response,
  text: string,
  nowMs: number,
): ApiError {
  const { status, headers } = response;
  const problem = problemOf(response, text);
  const type = CLASSES[status] ?? (status >= 500 ? ServerError : ApiError);
  return new type(call, {
    status,
    problem,
    requestId: problem.request_id ?? headers.get('x-request-id') ?? undefined,
    retryAfterMs: readRetryAfter(headers, nowMs),
    etag: headers.get('etag') ?? undefined,
  });
}

function problemOf(response: Response, text: string): Partial<Problem> {
  if (response.status === 304) return { title: 'Not modified', detail: 'It is as it was.' };
  return isRedirect(response) ? redirectProblem(response) : problemFrom(response, text);
}

/** Where redirects are not followed, a browser hides them behind status 0. */
function isRedirect({ status, type }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400);
}

function redirectProblem(response: Response): Partial<Problem> {
  const target = response.headers.get('location');
  return {
    title: 'Redirected',
    detail:
      `The service answered with a redirect${target ? ` to ${withoutQuery(target)}` : ''}. ` +
      'It was not followed: correct baseUrl.',
  };
}

function withoutQuery(location: string): string {
  return location.split(/[?#]/, 1)[0]!;
}

function problemFrom({ status, statusText }: Response, text: string): Partial<Problem> {
  try {
    const body: unknown = JSON.parse(text);
    if (isProblem(body)) return body;
  } catch {
    // A gateway in front of the service answers in HTML or plain text, or in JSON of its own.
  }
  return {
    status,
    detail:
      `The answer${statusText ? ` (${statusText})` : ''} is not a problem document; ` +
      'something between here and the service may have sent it.',
  };
}

function isProblem(body: unknown): body is Partial<Problem> {
  const { code, title, detail } = (body ?? {}) as Partial<Problem>;
  return [code, title, detail].some((member) => typeof member === 'string');
}
