-- Tokens of minutes that a vendor's backend hands to one customer's session.

CREATE TABLE customer_tokens (
  id text PRIMARY KEY,
  customer_id text NOT NULL REFERENCES customers,
  subject text,
  scopes text[] NOT NULL DEFAULT '{}',
  -- The key, or the person, that asked for it: with that key the token ends.
  made_by text NOT NULL,
  hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX customer_tokens_by_age ON customer_tokens (expires_at);
