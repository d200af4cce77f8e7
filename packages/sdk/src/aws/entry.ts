// The package's entry for those who have AWS credentials at hand: prove an account, look whether a
// VPC would do, connect it, and end the connection.
export * from '../aws.ts';
export { connect } from './connect.ts';
export type {
  Connected,
  ConnectingClient,
  ConnectOptions,
  ConnectProgress,
  ConnectStep,
} from './connect-options.ts';
export { ConnectError, type ConnectErrorCode } from './connect-error.ts';
export { MissingPeerError } from './missing-peer.ts';
export type { AwsOptions, ConnectionOptions, DnsMode } from './options.ts';
export { preflight } from './preflight.ts';
export type { Preflight, PreflightClient } from './preflight-outcome.ts';
export { AwsCallError, type AwsRefusal } from './refusal.ts';
