-- Since when AWS shows a service in its state, so that one which has failed or is deleted has an
-- age. Of those that are known already, it is not known before they were last read.
ALTER TABLE endpoint_services ADD COLUMN state_since timestamptz;
UPDATE endpoint_services SET state_since = observed_at;
