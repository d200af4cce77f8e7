-- When a service stands still, nothing of it is changed in AWS, whatever its modes: somebody froze it,
-- or its mark in AWS says that this database is not the one that manages it.
ALTER TABLE endpoint_services
  ADD COLUMN frozen_since timestamptz,
  ADD COLUMN frozen_reason text,
  ADD COLUMN quarantine text;
ALTER TABLE endpoint_services
  ADD COLUMN manages_principals boolean NOT NULL GENERATED ALWAYS AS (
    frozen_since IS NULL AND quarantine IS NULL AND modes->>'principals' = 'manage') STORED,
  ADD COLUMN manages_acceptance boolean NOT NULL GENERATED ALWAYS AS (
    frozen_since IS NULL AND quarantine IS NULL AND modes->>'acceptance' = 'manage') STORED;
