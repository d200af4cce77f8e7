-- What one key, person or worker did, newest first.
CREATE INDEX audit_entries_by_actor ON audit_entries (actor, id);
