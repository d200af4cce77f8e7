-- Runs of workers that had something else to tell than the run before.
CREATE TABLE runs (
  id text PRIMARY KEY,
  target_kind text NOT NULL,
  target_key text NOT NULL,
  ended_at timestamptz NOT NULL,
  report jsonb NOT NULL
);
CREATE INDEX runs_by_target ON runs (target_key, id);
CREATE INDEX runs_by_age ON runs (ended_at);
