-- Of the request that an audit entry tells: the trace that it was part of (W3C Trace Context). And of
-- what a worker has done or found: by which AWS knows the calls. Neither is part of what is sealed.
ALTER TABLE audit_entries
  ADD COLUMN trace_id text,
  ADD COLUMN aws_request_ids text[] NOT NULL DEFAULT '{}';
CREATE INDEX audit_entries_by_traced_request ON audit_entries (request_id) WHERE trace_id IS NOT NULL;
