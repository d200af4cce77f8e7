// Health checks as a target group has them: reading them from a request and checking them against
// the model's limits. Nobody performs them; what they find is told by the world.

import type { Matcher } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { HealthCheck } from '../../world/load-balancing/load-balancer.ts';
import { checkRange, invalidConfiguration, validationError } from './errors.ts';

/** What CreateTargetGroup and ModifyTargetGroup have in common. */
export interface HealthCheckInput {
  readonly HealthCheckProtocol?: string | undefined;
  readonly HealthCheckPort?: string | undefined;
  readonly HealthCheckPath?: string | undefined;
  readonly HealthCheckEnabled?: boolean | undefined;
  readonly HealthCheckIntervalSeconds?: number | undefined;
  readonly HealthCheckTimeoutSeconds?: number | undefined;
  readonly HealthyThresholdCount?: number | undefined;
  readonly UnhealthyThresholdCount?: number | undefined;
  readonly Matcher?: Matcher | undefined;
}

/**
 * The health check that is wanted.
 * @param before what holds where the request says nothing.
 * @throws AwsError for what the model or the protocol does not allow.
 */
export function wantedHealthCheck(input: HealthCheckInput, before: HealthCheck): HealthCheck {
  checkRanges(input);
  if (input.HealthCheckEnabled === false) {
    throw invalidConfiguration(
      'Health check enabled must be true for target groups with target type instance or ip',
    );
  }
  const protocol = input.HealthCheckProtocol ?? before.protocol;
  if (!['TCP', 'HTTP', 'HTTPS'].includes(protocol)) {
    throw validationError(`Health check protocol '${protocol}' must be TCP, HTTP or HTTPS`);
  }
  const overHttp = protocol !== 'TCP';
  if (!overHttp && (input.HealthCheckPath !== undefined || input.Matcher)) {
    throw invalidConfiguration(
      'HealthCheckPath and Matcher cannot be specified for health checks over TCP',
    );
  }
  return {
    protocol,
    port: checkPort(input.HealthCheckPort ?? before.port),
    path: overHttp ? (input.HealthCheckPath ?? before.path ?? '/') : undefined,
    httpCodes: overHttp ? httpCodes(input.Matcher, before) : undefined,
    intervalSeconds: input.HealthCheckIntervalSeconds ?? before.intervalSeconds,
    timeoutSeconds: input.HealthCheckTimeoutSeconds ?? before.timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? before.healthyThreshold,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? before.unhealthyThreshold,
  };
}

// Ranges are the model's.
function checkRanges(input: HealthCheckInput): void {
  checkRange('healthCheckIntervalSeconds', input.HealthCheckIntervalSeconds, [5, 300]);
  checkRange('healthCheckTimeoutSeconds', input.HealthCheckTimeoutSeconds, [2, 120]);
  checkRange('healthyThresholdCount', input.HealthyThresholdCount, [2, 10]);
  checkRange('unhealthyThresholdCount', input.UnhealthyThresholdCount, [2, 10]);
}

function checkPort(port: string): string {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (port === 'traffic-port' || (number >= 1 && number <= 65_535)) return port;
  throw validationError(`Health check port '${port}' must be in the range 1-65535`);
}

function httpCodes(matcher: Matcher | undefined, before: HealthCheck): string {
  if (matcher?.GrpcCode) {
    throw invalidConfiguration(
      'Matcher.GrpcCode is for target groups of the protocol version GRPC',
    );
  }
  const codes = matcher?.HttpCode ?? before.httpCodes ?? '200-399';
  if (/^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/.test(codes)) return codes;
  throw validationError(`Health check matcher HTTP code '${codes}' must be within '200-599'`);
}
