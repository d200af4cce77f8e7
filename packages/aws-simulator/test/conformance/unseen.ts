// A reason why output members are never seen. The reasons are in unseen-outputs.ts.

export interface Unseen {
  /** For example `ec2:DescribeVpcs`; `*` for every operation. */
  readonly operations: readonly string[];
  /** Paths; each also stands for what is below it. */
  readonly members: readonly string[];
  /** A sentence for the table. */
  readonly reason: string;
}
