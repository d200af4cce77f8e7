-- When an entry was last looked for is when its allowlist was last read: a read that shows nothing new
-- writes no row.
ALTER TABLE principals DROP COLUMN observed_at;
