// The ARNs of an account's identities. A path, if there is one, begins and ends with `/`.

export const rootArn = (account: string) => `arn:aws:iam::${account}:root`;
export const userArn = (account: string, name: string, path = '/') =>
  `arn:aws:iam::${account}:user${path}${name}`;
export const roleArn = (account: string, name: string, path = '/') =>
  `arn:aws:iam::${account}:role${path}${name}`;
