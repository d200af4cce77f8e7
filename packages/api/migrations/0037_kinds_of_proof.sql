-- The one name of a role that may prove the accounts of a customer; null where any identity may.
ALTER TABLE customers ADD COLUMN required_role text;

-- How the account was proven last, by which role if it renews by itself, when that is tried next,
-- and why that did not succeed, since when, and whose turn it is.
ALTER TABLE accounts
  ADD COLUMN proof_method text,
  ADD COLUMN proof_role text,
  ADD COLUMN renew_at timestamptz,
  ADD COLUMN renewal_problem text,
  ADD COLUMN renewal_problem_since timestamptz,
  ADD COLUMN renewal_actor text;
CREATE INDEX accounts_that_renew ON accounts (renew_at) WHERE proof_method = 'role';

-- A proof that a worker renews answers no challenge, and nobody follows it.
ALTER TABLE proofs
  ALTER COLUMN challenge_id DROP NOT NULL,
  ALTER COLUMN operation_id DROP NOT NULL;

-- The issuer of the web identity tokens of an account, as it was first seen. Each has one.
CREATE TABLE token_issuers (
  issuer text PRIMARY KEY,
  partition text NOT NULL,
  account_id text NOT NULL,
  pinned_at timestamptz NOT NULL,
  UNIQUE (partition, account_id)
);

-- Tokens that have proven something, or failed to: each is good for once.
CREATE TABLE spent_tokens (
  issuer text NOT NULL,
  token_id text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (issuer, token_id)
);
CREATE INDEX spent_tokens_by_age ON spent_tokens (expires_at);
