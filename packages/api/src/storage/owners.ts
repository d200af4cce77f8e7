// Whose a connection is: the account with standing that has the endpoint's owner number, in the
// partition of the endpoint. And whose an allowlist entry is. Account numbers are unique within a
// partition only.

/** Standing that owns, as `owns` of the domain says; a test holds the two together. */
export function ownsSql(account: string): string {
  return `${account}.standing IN ('proven', 'attested', 'imported', 'lapsed')`;
}

/** The condition that joins the account that an allowlist entry is of; an index serves it. */
export function principalSql(account: string, principal: string): string {
  return `split_part(${principal}.arn, ':', 5) = ${account}.account_id
    AND split_part(${principal}.arn, ':', 2) = ${account}.partition`;
}

/** The condition that joins the account that owns a connection; both are aliases in the query. */
export function ownerSql(account: string, connection: string): string {
  return `${numberSql(account, connection)} AND ${ownsSql(account)}`;
}

/** The condition that joins every claim of the account that a connection is of. */
export function numberSql(account: string, connection: string): string {
  return `${account}.account_id = ${connection}.owner_account_id
    AND ${account}.partition = CASE
      WHEN ${connection}.endpoint_region LIKE 'cn-%' THEN 'aws-cn'
      WHEN ${connection}.endpoint_region LIKE 'us-gov-%' THEN 'aws-us-gov'
      ELSE 'aws' END`;
}
