// The package's entry: start a simulator in this process, and what is needed to say how.

export { AwsError } from './aws-error.ts';
export type { CallRecord } from './http/call-log.ts';
export type { Admission, PendingCall } from './http/pipeline.ts';
export { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';
export type { Delays, Profile } from './world/delays.ts';
export type { Knobs } from './world/knobs.ts';
export type { Quotas } from './world/quotas.ts';
export type { World } from './world/world.ts';
export {
  type AccountSpec,
  defaultWorldSpec,
  type LoadBalancerSpec,
  type RoleSpec,
  type UserSpec,
  type VpcSpec,
  type WorldSpec,
} from './world/world-spec.ts';
