-- When the proof of an account is too old to let anything new in; null for one that does not lapse.
ALTER TABLE accounts ADD COLUMN lapses_at timestamptz;
CREATE INDEX accounts_that_lapse ON accounts (lapses_at) WHERE standing = 'proven';
