-- What becomes of an entry of ours that other hands remove: held until somebody decides, or put back.
ALTER TABLE endpoint_services ADD COLUMN on_external_removal text NOT NULL DEFAULT 'hold'
  CHECK (on_external_removal IN ('hold', 'restore'));
ALTER TABLE principals
  ADD COLUMN restore boolean NOT NULL DEFAULT false,
  ADD COLUMN released boolean NOT NULL DEFAULT false;

-- Since when AWS shows it so.
ALTER TABLE endpoint_services
  ADD COLUMN acceptance_since timestamptz,
  ADD COLUMN private_dns_since timestamptz;
UPDATE endpoint_services SET acceptance_since = observed_at, private_dns_since = observed_at;
