// What an operation is given, and how operations are registered: a table from AWS's name to a
// function of the call. A function returns the output or throws an AwsError.

import type { Caller } from '../identity/principals.ts';
import type { WireRequest } from '../protocols/wire.ts';
import type { World } from '../world/world.ts';

export interface Call<Input> {
  readonly world: World;
  readonly caller: Caller;
  readonly account: string;
  readonly region: string;
  readonly input: Input;
  /** The call as it came, for what no input member tells: where it was sent, who still waits. */
  readonly request: WireRequest;
}

// `never` as the input lets functions with any input into one table; the protocol decoded the
// input with the schema of the same name. Nearly all answer at once; a long poll answers later.
export type Operation = (call: Call<never>) => object | Promise<object>;

export type Operations = Readonly<Record<string, Operation>>;

/** An SDK input type whose required members are there: the protocol has checked them. */
export type Given<Input, Required extends keyof Input> = Input & {
  readonly [Name in Required]-?: NonNullable<Input[Name]>;
};

/**
 * A wire value where the SDK's type lists others: the AWS SDK types states in PascalCase, and
 * passes through the camelCase that AWS sends. `never` fits whatever type is expected.
 */
export function wireValue(value: string): never {
  return value as never;
}

/** Whether an action could change AWS; its name says so. Assuming a role changes nothing. */
export function isMutating(action: string): boolean {
  return !/^(Describe|List|Get|Test|Assume)/.test(action);
}
