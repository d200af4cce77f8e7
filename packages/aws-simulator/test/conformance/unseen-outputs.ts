// Why some output members are never seen. A reason is about what this world does not have, never
// about what would be work; members without a reason stand in the table as missing.

export interface Unseen {
  /** For example `ec2:DescribeVpcs`; `*` for every operation. */
  readonly operations: readonly string[];
  /** Paths; each also stands for what is below it. */
  readonly members: readonly string[];
  /** A sentence for the table. */
  readonly reason: string;
}

export const unseenOutputs: readonly Unseen[] = [];
