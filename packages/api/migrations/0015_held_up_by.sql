-- What somebody has to do before an operation can come to its end, or what its end leaves open.
ALTER TABLE operations ADD COLUMN held_up_by jsonb NOT NULL DEFAULT '[]';
