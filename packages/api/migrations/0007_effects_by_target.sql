-- What was lately asked of AWS for one place, by the worker that looks after it.
CREATE INDEX effects_by_target ON effects (target_kind, target_key, intended_at);
