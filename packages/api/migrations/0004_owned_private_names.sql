-- Which private DNS names on the service are of our setting, by name: one that another hand has put
-- in the place of ours is not ours to change or to take away.
ALTER TABLE private_dns ADD COLUMN owned_names text[] NOT NULL DEFAULT '{}';
UPDATE private_dns d SET owned_names = array_remove(
  ARRAY[d.name, s.observed->'privateDns'->>'name'], NULL)
FROM endpoint_services s
WHERE s.id = d.endpoint_service_id AND d.name_owned;
ALTER TABLE private_dns DROP COLUMN name_owned;
