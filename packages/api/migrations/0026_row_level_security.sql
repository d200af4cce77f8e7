-- Requests of customers run under a role of their own, `sallyport_customer`, which sees the rows of
-- one customer: the one that the transaction names in `sallyport.customer`, and of services only
-- those in `sallyport.services`, if there are any. Without a name it sees nothing. A table that
-- grants it nothing, as a new one, is closed to it. The service's own role owns the tables, so that
-- workers and staff are not concerned. docs/decisions/0007-row-level-security.md

-- Roles are of the whole server, so another database of it may have made this one, or be making it.
DO $$
BEGIN
  IF to_regrole('sallyport_customer') IS NULL THEN
    CREATE ROLE sallyport_customer NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'A role is missing. As an administrator: %',
      format('CREATE ROLE sallyport_customer NOLOGIN; GRANT sallyport_customer TO %I;',
        current_user);
END $$;

DO $$
BEGIN
  -- Nothing to do where an administrator has done it, or is the one who migrates.
  IF NOT pg_has_role(current_user, 'sallyport_customer', 'USAGE') THEN
    EXECUTE format('GRANT sallyport_customer TO %I', current_user);
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'A right is missing. As an administrator: %',
      format('GRANT sallyport_customer TO %I;', current_user);
END $$;

GRANT USAGE ON SCHEMA public TO sallyport_customer;

-- A row lock asks for the right to update.
GRANT SELECT, UPDATE ON customers TO sallyport_customer;
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON customers TO sallyport_customer
  USING (id = (SELECT current_setting('sallyport.customer', true)));

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts TO sallyport_customer;
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON accounts TO sallyport_customer
  USING (customer_id = (SELECT current_setting('sallyport.customer', true)));

GRANT SELECT, INSERT, UPDATE ON challenges TO sallyport_customer;
ALTER TABLE challenges ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON challenges TO sallyport_customer
  USING (account_id IN (SELECT id FROM accounts));

GRANT SELECT, INSERT ON proofs TO sallyport_customer;
ALTER TABLE proofs ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON proofs TO sallyport_customer
  USING (account_id IN (SELECT id FROM accounts));

GRANT SELECT, INSERT, UPDATE ON operations TO sallyport_customer;
ALTER TABLE operations ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON operations TO sallyport_customer
  USING (customer_id = (SELECT current_setting('sallyport.customer', true)));

GRANT SELECT, INSERT, UPDATE ON api_keys TO sallyport_customer;
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON api_keys TO sallyport_customer
  USING (customer_id = (SELECT current_setting('sallyport.customer', true)));

GRANT SELECT ON grants TO sallyport_customer;
ALTER TABLE grants ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON grants TO sallyport_customer
  USING (
    customer_id = (SELECT current_setting('sallyport.customer', true))
    AND ((SELECT coalesce(current_setting('sallyport.services', true), '') = '')
      OR endpoint_service_id = ANY (
        (SELECT string_to_array(current_setting('sallyport.services', true), ','))::text[])));

-- Whose a connection is follows from the account with standing that owns the endpoint.
GRANT SELECT ON connections TO sallyport_customer;
ALTER TABLE connections ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON connections TO sallyport_customer
  USING (
    EXISTS (SELECT FROM accounts a
      WHERE a.account_id = owner_account_id
        AND a.standing IN ('proven', 'attested', 'imported', 'lapsed')
        AND a.partition = CASE
          WHEN endpoint_region LIKE 'cn-%' THEN 'aws-cn'
          WHEN endpoint_region LIKE 'us-gov-%' THEN 'aws-us-gov'
          ELSE 'aws' END)
    AND ((SELECT coalesce(current_setting('sallyport.services', true), '') = '')
      OR endpoint_service_id = ANY (
        (SELECT string_to_array(current_setting('sallyport.services', true), ','))::text[])));

GRANT SELECT ON connection_transitions TO sallyport_customer;
ALTER TABLE connection_transitions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON connection_transitions TO sallyport_customer
  USING (connection_id IN (SELECT id FROM connections));

GRANT SELECT ON principals TO sallyport_customer;
ALTER TABLE principals ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON principals TO sallyport_customer
  USING (
    EXISTS (SELECT FROM accounts a
      WHERE a.account_id = split_part(arn, ':', 5) AND a.partition = split_part(arn, ':', 2)
        AND a.standing IN ('proven', 'attested', 'imported', 'lapsed'))
    AND ((SELECT coalesce(current_setting('sallyport.services', true), '') = '')
      OR endpoint_service_id = ANY (
        (SELECT string_to_array(current_setting('sallyport.services', true), ','))::text[])));

-- Services are the vendor's: those that the customer has a grant or a connection on, and of them
-- what its answers show.
GRANT SELECT (id, region, service_id, service_name, observed, principals_read_at, retiring_since,
  on_external_removal) ON endpoint_services TO sallyport_customer;
ALTER TABLE endpoint_services ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON endpoint_services TO sallyport_customer
  USING (id IN (SELECT endpoint_service_id FROM grants)
    OR id IN (SELECT endpoint_service_id FROM connections));

-- What happened to what it can see. What is told, it cannot read before it has its place.
GRANT SELECT ON events TO sallyport_customer;
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON events TO sallyport_customer
  USING (
    customer_id = (SELECT current_setting('sallyport.customer', true))
    AND ((SELECT coalesce(current_setting('sallyport.services', true), '') = '')
      OR subject_id IN (SELECT id FROM grants)
      OR subject_id IN (SELECT id FROM connections)
      OR subject_id IN (SELECT id FROM principals)));

GRANT INSERT ON event_outbox TO sallyport_customer;
ALTER TABLE event_outbox ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON event_outbox FOR INSERT TO sallyport_customer
  WITH CHECK (customer_id = (SELECT current_setting('sallyport.customer', true)));

-- Views would otherwise read with the rights of their owner.
ALTER VIEW wanted_principals SET (security_invoker = true);
GRANT SELECT ON wanted_principals TO sallyport_customer;

-- A key or token may be limited to some of the services of its customer.
ALTER TABLE api_keys
  ADD COLUMN endpoint_service_ids text[] NOT NULL DEFAULT '{}'
    CHECK (endpoint_service_ids = '{}' OR role = 'customer');
ALTER TABLE customer_tokens ADD COLUMN endpoint_service_ids text[] NOT NULL DEFAULT '{}';
