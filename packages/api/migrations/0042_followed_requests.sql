-- The requests that a worker's run followed, by which its entries are found beside those of the
-- requests; and entries by their request and by their trace. None of it is part of what is sealed.
ALTER TABLE audit_entries ADD COLUMN caused_by text[] NOT NULL DEFAULT '{}';
CREATE INDEX audit_entries_by_cause ON audit_entries USING gin (caused_by) WHERE caused_by <> '{}';
CREATE INDEX audit_entries_by_request ON audit_entries (request_id);
CREATE INDEX audit_entries_by_trace ON audit_entries (trace_id) WHERE trace_id IS NOT NULL;
