-- Access reports ask for each entry of an allowlist what let it in, among all that a customer does.
CREATE INDEX audit_entries_of_grants ON audit_entries (customer_id, id)
  WHERE action IN ('createGrant', 'updateGrant', 'deleteGrant', 'expireGrant');
