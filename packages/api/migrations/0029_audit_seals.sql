-- The audit log is chained: docs/decisions/0009-audit-seals.md. An entry waits here until a worker
-- seals it. A trigger writes it down, so that no way of adding an entry leaves it out.
CREATE TABLE audit_unsealed (
  entry_id text PRIMARY KEY
);

-- The place of each entry in the chain, and what it was when it got it.
CREATE TABLE audit_sealed (
  place    bigint PRIMARY KEY,
  entry_id text NOT NULL UNIQUE,
  hash     text NOT NULL
);

-- A seal is over the entries from its first place to its last, and over the seal before it.
CREATE TABLE audit_seals (
  seq         bigint PRIMARY KEY,
  first_place bigint NOT NULL,
  last_place  bigint NOT NULL,
  root        text NOT NULL,
  previous    text NOT NULL,
  sealed_at   timestamptz NOT NULL,
  hash        text NOT NULL,
  signature   text,
  CHECK (last_place >= first_place)
);

-- Up to which place entries are no longer kept, and the entry of the log that says so. What it
-- names goes once that entry is sealed itself.
CREATE TABLE audit_removals (
  through_seal  bigint PRIMARY KEY REFERENCES audit_seals,
  through_place bigint NOT NULL,
  entry_id      text NOT NULL
);

CREATE FUNCTION await_audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_unsealed (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entries_await_seal AFTER INSERT ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION await_audit_seal();

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_go boolean := false;
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_entries' THEN
    may_go := EXISTS (SELECT FROM audit_sealed p
      JOIN audit_removals r ON p.place <= r.through_place
      JOIN audit_sealed told ON told.entry_id = r.entry_id
      WHERE p.entry_id = OLD.id);
  ELSIF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_sealed' THEN
    may_go := NOT EXISTS (SELECT FROM audit_entries WHERE id = OLD.entry_id);
  END IF;
  IF may_go THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'The audit log is only added to: % of % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_entries_not_truncated BEFORE TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_sealed_stay BEFORE UPDATE OR DELETE ON audit_sealed
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_sealed_not_truncated BEFORE TRUNCATE ON audit_sealed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_seals_stay BEFORE UPDATE OR DELETE ON audit_seals
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_seals_not_truncated BEFORE TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- What was written before there were seals.
INSERT INTO audit_unsealed (entry_id) SELECT id FROM audit_entries;
