// Which service a request is for. The signature's scope says so; a request without a readable
// signature is guessed from its host, path and action, only to refuse it in the right words.

import { requestedAction } from '../protocols/query-request.ts';
import { headerValue, type WireRequest } from '../protocols/wire.ts';
import { isServiceName, type ServiceName, serviceNames } from '../services/service.ts';

/** The service named in the credential scope, whether or not it is simulated. */
export function scopedService(request: WireRequest): string | undefined {
  const header = headerValue(request, 'authorization') ?? '';
  const inHeader = /Credential=[^,\s]*?\/([^/,\s]+)\/aws4_request/.exec(header)?.[1];
  const inQuery = new URLSearchParams(request.query).get('X-Amz-Credential') ?? '';
  return inHeader ?? /\/([^/]+)\/aws4_request$/.exec(inQuery)?.[1];
}

/** What the JSON and CBOR protocols call a service. */
const targets: Readonly<Record<string, ServiceName>> = {
  AmazonSQS: 'sqs',
  GraniteServiceVersion20100801: 'monitoring',
};

/** @param hasAction whether a service has an operation of this name. */
export function guessedService(
  request: WireRequest,
  hasAction: (service: ServiceName, action: string) => boolean,
): ServiceName {
  const named = /^([a-z0-9]+)\./.exec(headerValue(request, 'host') ?? '')?.[1] ?? '';
  if (isServiceName(named)) return named;
  const target = /^[^.]+/.exec(headerValue(request, 'x-amz-target') ?? '')?.[0] ?? '';
  const targeted =
    targets[target] ?? targets[/^\/service\/([^/]+)\//.exec(request.path)?.[1] ?? ''];
  if (targeted) return targeted;
  if (request.path.startsWith('/2013-04-01/')) return 'route53';
  const action = requestedAction(request);
  // What no service here has is refused as EC2 would.
  const having = serviceNames.find((name) => action !== undefined && hasAction(name, action));
  return having ?? (action === undefined ? 'sts' : 'ec2');
}
