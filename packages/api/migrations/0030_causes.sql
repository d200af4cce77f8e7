-- Which requests a change of AWS follows: a nudge leaves the id of its request at the target, and
-- each effect takes along what it finds there. It stays until a run has found nothing left to do.
ALTER TABLE targets
  ADD COLUMN caused_by text[] NOT NULL DEFAULT '{}',
  ADD COLUMN changed_under bigint;
ALTER TABLE effects ADD COLUMN caused_by text[] NOT NULL DEFAULT '{}';
CREATE INDEX effects_by_cause ON effects USING gin (caused_by);
