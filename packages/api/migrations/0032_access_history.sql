-- Who was on an allowlist, and whose an account was, in the past: docs/audit.md. A period begins and
-- ends with the transaction that records it, by the clock of the database.
CREATE TABLE principal_periods (
  seq                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  endpoint_service_id text NOT NULL,
  arn                 text NOT NULL,
  from_at             timestamptz NOT NULL,
  until_at            timestamptz
);
CREATE INDEX principal_periods_by_service ON principal_periods (endpoint_service_id, arn);
CREATE INDEX principal_periods_by_age ON principal_periods (until_at);

CREATE TABLE account_periods (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          text NOT NULL,
  account_id  text NOT NULL,
  partition   text NOT NULL,
  customer_id text NOT NULL,
  standing    text NOT NULL,
  from_at     timestamptz NOT NULL,
  until_at    timestamptz
);
CREATE INDEX account_periods_by_id ON account_periods (id);
CREATE INDEX account_periods_by_number ON account_periods (account_id, partition);
CREATE INDEX account_periods_by_age ON account_periods (until_at);

-- Of the time before, nobody knows who was allowed.
CREATE TABLE access_history (
  single   boolean PRIMARY KEY DEFAULT true CHECK (single),
  began_at timestamptz NOT NULL
);
INSERT INTO access_history (began_at) VALUES (now());

-- With the rights of the owner: customers claim accounts, and must not write history themselves.
CREATE FUNCTION keep_principal_periods() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.observed AND (TG_OP = 'DELETE' OR NOT NEW.observed) THEN
    UPDATE principal_periods SET until_at = now()
    WHERE endpoint_service_id = OLD.endpoint_service_id AND arn = OLD.arn AND until_at IS NULL;
  ELSIF TG_OP <> 'DELETE' AND NEW.observed AND (TG_OP = 'INSERT' OR NOT OLD.observed) THEN
    INSERT INTO principal_periods (endpoint_service_id, arn, from_at)
    VALUES (NEW.endpoint_service_id, NEW.arn, now());
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER principals_keep_periods AFTER INSERT OR DELETE OR UPDATE OF observed ON principals
  FOR EACH ROW EXECUTE FUNCTION keep_principal_periods();

CREATE FUNCTION keep_account_periods() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.standing = OLD.standing THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    UPDATE account_periods SET until_at = now() WHERE id = OLD.id AND until_at IS NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO account_periods (id, account_id, partition, customer_id, standing, from_at)
    VALUES (NEW.id, NEW.account_id, NEW.partition, NEW.customer_id, NEW.standing, now());
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER accounts_keep_periods AFTER INSERT OR DELETE OR UPDATE OF standing ON accounts
  FOR EACH ROW EXECUTE FUNCTION keep_account_periods();

INSERT INTO principal_periods (endpoint_service_id, arn, from_at)
  SELECT endpoint_service_id, arn, now() FROM principals WHERE observed;
INSERT INTO account_periods (id, account_id, partition, customer_id, standing, from_at)
  SELECT id, account_id, partition, customer_id, standing, standing_since FROM accounts;
