-- What an entry of the audit log tells of AWS and of traces is sealed too: docs/audit.md. A seal says
-- what its entries were when they were sealed, as those of before have less.
ALTER TABLE audit_seals ADD COLUMN form integer NOT NULL DEFAULT 1;

-- An entry that no longer waits has been sealed, or nobody would miss it in an export.
CREATE FUNCTION refuse_seal_skipped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM audit_sealed WHERE entry_id = OLD.entry_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Entries of the audit log wait until they are sealed: % of % is refused.',
    TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_unsealed_stay BEFORE UPDATE OR DELETE ON audit_unsealed
  FOR EACH ROW EXECUTE FUNCTION refuse_seal_skipped();
CREATE TRIGGER audit_unsealed_not_truncated BEFORE TRUNCATE ON audit_unsealed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_seal_skipped();
