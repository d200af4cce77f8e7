// The package's entry: start a simulator in this process, and what is needed to say how.

export { AwsError } from './aws-error.ts';
export type { CallRecord } from './http/call-log.ts';
export type { Admission } from './http/pipeline.ts';
export type { PendingCall } from './services/pending-call.ts';
export { move } from './world/states.ts';
export { readScenario, type Scenario, scenarioSchema } from './scenario/scenario.ts';
export { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';
export type { FaultSpec } from './trouble/fault.ts';
export type { Delays, Profile } from './world/settings/delays.ts';
export type { Knobs } from './world/settings/knobs.ts';
export type { Quotas } from './world/settings/quotas.ts';
export type { World } from './world/world.ts';
export { defaultWorldSpec } from './world/default-world.ts';
export type {
  AccountSpec,
  LoadBalancerSpec,
  RoleSpec,
  UserSpec,
  VpcSpec,
  WorldSpec,
} from './world/world-spec.ts';
