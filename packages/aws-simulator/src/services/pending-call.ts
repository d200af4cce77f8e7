// A call whose caller is known and whose input is read, before anything is done.

import type { ServiceName } from './service.ts';

/** A verified call that has not been performed yet. */
export interface PendingCall {
  readonly service: ServiceName;
  readonly action: string;
  readonly mutating: boolean;
  readonly region: string;
  readonly account: string;
  readonly callerArn: string;
  readonly input: Readonly<Record<string, unknown>>;
}
