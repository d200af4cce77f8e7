// Which service a request is for. The signature's scope says so; a request without a readable
// signature is guessed from its host, path and action, only to refuse it in the right words.

import type { Service } from '../identity/credential-failure.ts';
import { requestedAction } from '../protocols/query-request.ts';
import { headerValue, type WireRequest } from '../protocols/wire.ts';

/** The service named in the credential scope, whether or not it is simulated. */
export function scopedService(request: WireRequest): string | undefined {
  const header = headerValue(request, 'authorization') ?? '';
  const inHeader = /Credential=[^,\s]*?\/([^/,\s]+)\/aws4_request/.exec(header)?.[1];
  const inQuery = new URLSearchParams(request.query).get('X-Amz-Credential') ?? '';
  return inHeader ?? /\/([^/]+)\/aws4_request$/.exec(inQuery)?.[1];
}

export function isSimulated(service: string): service is Service {
  return service === 'ec2' || service === 'sts' || service === 'route53';
}

/** @param hasAction whether a service has an operation of this name. */
export function guessedService(
  request: WireRequest,
  hasAction: (service: Service, action: string) => boolean,
): Service {
  const host = headerValue(request, 'host') ?? '';
  const named = /^(ec2|sts|route53)\./.exec(host)?.[1];
  if (named && isSimulated(named)) return named;
  if (request.path.startsWith('/2013-04-01/')) return 'route53';
  const action = requestedAction(request);
  return action !== undefined && !hasAction('sts', action) ? 'ec2' : 'sts';
}
