-- What customers report of their side of a connection, which nobody else can see, and the tokens by
-- which a script may report once. Who reported is in the audit log.

CREATE TABLE observations (
  id text PRIMARY KEY,
  connection_id text NOT NULL REFERENCES connections ON DELETE CASCADE,
  -- Whose the connection was then: whoever has the account later does not read it.
  customer_id text REFERENCES customers,
  source text NOT NULL CHECK (source IN ('vendor', 'customer', 'script')),
  observed_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  report jsonb NOT NULL
);
CREATE INDEX observations_of_connection ON observations (connection_id, id);
CREATE INDEX observations_by_age ON observations (received_at);

CREATE TABLE observation_tokens (
  id text PRIMARY KEY,
  connection_id text NOT NULL REFERENCES connections ON DELETE CASCADE,
  customer_id text REFERENCES customers,
  hash text NOT NULL UNIQUE,
  made_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  spent_at timestamptz
);
CREATE INDEX observation_tokens_by_age ON observation_tokens (expires_at);
CREATE INDEX observation_tokens_of_connection ON observation_tokens (connection_id);

-- The oldest of a connection go as new ones come.
GRANT SELECT, INSERT, DELETE ON observations TO sallyport_customer;
ALTER TABLE observations ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON observations TO sallyport_customer
  USING (customer_id = (SELECT current_setting('sallyport.customer', true))
    AND (SELECT true FROM connections n WHERE n.id = observations.connection_id));

GRANT INSERT ON observation_tokens TO sallyport_customer;
ALTER TABLE observation_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON observation_tokens FOR INSERT TO sallyport_customer
  WITH CHECK (customer_id = (SELECT current_setting('sallyport.customer', true))
    AND (SELECT true FROM connections n WHERE n.id = observation_tokens.connection_id));

-- How the customer's clients find the endpoint, as the customer says: a hub that resolves the name
-- by a hosted zone needs no private DNS on the endpoint. Null where nobody has said.
ALTER TABLE connections
  ADD COLUMN dns text CHECK (dns IN ('endpoint', 'hosted-zone', 'profile', 'none'));
GRANT UPDATE (dns) ON connections TO sallyport_customer;
