-- Which database manages the services is kept outside of it too, as a mark on each service in AWS:
-- `<id>/<epoch>`. `home` is the place that the database was in when somebody last confirmed it.
CREATE TABLE deployment (
  id text PRIMARY KEY,
  -- There is one row.
  single boolean NOT NULL DEFAULT true UNIQUE CHECK (single),
  home text NOT NULL,
  epoch bigint NOT NULL DEFAULT 0,
  quarantine text,
  quarantined_since timestamptz
);
-- `epoch`: the last that was taken for a change of this service. `strange_mark`: what AWS showed when
-- the service was put into quarantine. `accepted_marks`: foreign ids, each with the highest epoch that
-- an operator has accepted. `mark_problem`: why AWS does not take our mark.
ALTER TABLE endpoint_services
  ADD COLUMN epoch bigint NOT NULL DEFAULT 0,
  ADD COLUMN strange_mark text,
  ADD COLUMN accepted_marks jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN mark_problem text;
