-- What a key is limited to beyond its role, and which key it replaces.

ALTER TABLE api_keys
  ADD COLUMN scopes text[] NOT NULL DEFAULT '{}',
  ADD COLUMN rotated_from text REFERENCES api_keys;
CREATE INDEX api_keys_by_predecessor ON api_keys (rotated_from);
CREATE INDEX api_keys_by_customer ON api_keys (customer_id, id);
