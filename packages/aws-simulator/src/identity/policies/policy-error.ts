// Why a policy document cannot be used. Each service words it in its own code: STS says
// MalformedPolicyDocument, a world's specification says which account it is in.

export class PolicyError extends Error {
  /** @param where the element, for example `Statement[1].Condition.StringLike`. */
  constructor(where: string, problem: string) {
    super(where === '' ? problem : `${where}: ${problem}`);
    this.name = 'PolicyError';
  }
}
