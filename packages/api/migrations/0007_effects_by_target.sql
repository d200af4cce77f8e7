-- What was lately asked of AWS for a target, however many changes there ever were.
CREATE INDEX effects_by_target ON effects (target_kind, target_key, intended_at);
