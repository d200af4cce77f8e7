-- The entries of an account on every allowlist, by the number in their ARN.
CREATE INDEX principals_by_account ON principals (split_part(arn, ':', 5));
