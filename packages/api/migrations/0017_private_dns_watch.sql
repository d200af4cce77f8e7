-- What AWS shows of a name counts once two reads agree; since when, and where its record was seen.
ALTER TABLE private_dns
  ADD COLUMN verified_since timestamptz,
  ADD COLUMN lost_since timestamptz,
  ADD COLUMN disagreeing_reads integer NOT NULL DEFAULT 0,
  ADD COLUMN phase text,
  ADD COLUMN phase_since timestamptz,
  ADD COLUMN sightings jsonb NOT NULL DEFAULT '[]';
UPDATE private_dns p SET verified_since = s.observed_at
FROM endpoint_services s
WHERE s.id = p.endpoint_service_id
  AND s.observed->'privateDns'->>'name' = p.name
  AND s.observed->'privateDns'->>'state' = 'verified';
