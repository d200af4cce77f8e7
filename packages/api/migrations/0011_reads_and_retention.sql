-- How many entries the last full read of the allowlist showed: how often it is read goes by its pages.
ALTER TABLE endpoint_services ADD COLUMN principals_listed integer NOT NULL DEFAULT 0;
-- The service that a change of AWS is of, for those who look for what was done to it.
ALTER TABLE effects ADD COLUMN endpoint_service_id text;
UPDATE effects e SET endpoint_service_id = s.id FROM endpoint_services s
WHERE s.id = e.target_key OR s.service_id = e.request->>'serviceId'
  OR s.id = e.request->>'clientToken';
CREATE INDEX effects_by_service ON effects (endpoint_service_id, id);
-- What is kept for a time only is found by its age.
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
CREATE INDEX challenges_by_age ON challenges (expires_at);
CREATE INDEX proofs_by_age ON proofs (judged_at);
CREATE INDEX effects_by_age ON effects (finished_at);
CREATE INDEX connection_transitions_by_age ON connection_transitions (at);
CREATE INDEX operations_by_age ON operations (finished_at);
