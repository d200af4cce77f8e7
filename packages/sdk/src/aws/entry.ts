// The package's entry for those who have AWS credentials at hand: prove an account, look whether a
// VPC would do, connect it, and end the connection.
export * from './prove.ts';
export { connect } from './connect.ts';
export type {
  Connected,
  ConnectingClient,
  ConnectOptions,
  ConnectProgress,
  ConnectStep,
} from './connect-options.ts';
export { ConnectError, type ConnectErrorCode } from './connect-error.ts';
export {
  disconnect,
  type Disconnected,
  type DisconnectOptions,
  type DisconnectProgress,
  planDisconnection,
} from './disconnect.ts';
export { MissingPeerError } from './missing-peer.ts';
export {
  observe,
  type Observed,
  type ObserveOptions,
  type ObserveProgress,
  type ObservingClient,
} from './observe.ts';
export type { AwsOptions, ConnectionOptions, DnsMode } from './options.ts';
export { type ConnectionPlan, planConnection, type PlannedStep } from './plan.ts';
export { preflight } from './preflight.ts';
export type { VpcPreflight, PreflightClient } from './preflight-outcome.ts';
export { AwsCallError, type AwsRefusal } from './refusal.ts';
