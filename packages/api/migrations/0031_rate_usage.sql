-- What replicas have let through, so that they keep to one limit together: of each bucket, when it
-- has its whole limit again. Not logged: after a crash of the server everybody begins anew, which is
-- no harm.

CREATE UNLOGGED TABLE rate_usage (
  bucket text PRIMARY KEY,
  whole_at timestamptz NOT NULL
);
CREATE INDEX rate_usage_by_age ON rate_usage (whole_at);
