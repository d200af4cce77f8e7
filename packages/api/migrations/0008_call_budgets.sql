-- How many calls may still go to AWS: one row per account, region and bucket, shared by all workers.
-- Below zero, calls have been promised to those that wait for their turn. Losing rows loses nothing.
CREATE UNLOGGED TABLE call_budgets (
  account_id text NOT NULL,
  region text NOT NULL,
  bucket text NOT NULL,
  tokens double precision NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (account_id, region, bucket)
);
