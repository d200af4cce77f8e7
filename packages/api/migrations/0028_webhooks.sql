-- Addresses that events are sent to.
CREATE TABLE webhooks (
  id              text PRIMARY KEY,
  owner           text NOT NULL CHECK (owner IN ('vendor', 'customer')),
  customer_id     text REFERENCES customers (id),
  target_url      text NOT NULL,
  description     text NOT NULL,
  event_types     text[] NOT NULL DEFAULT '{}',
  secrets         jsonb NOT NULL,
  disabled_since  timestamptz,
  disabled_reason text,
  failing_since   timestamptz,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  CHECK (owner = 'vendor' OR customer_id IS NOT NULL)
);
CREATE INDEX webhooks_by_customer ON webhooks (customer_id);

-- One message on its way to one address, with the very text that is sent each time.
CREATE TABLE deliveries (
  id              text PRIMARY KEY,
  webhook_id      text NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  message_id      text NOT NULL,
  type            text NOT NULL,
  payload         text NOT NULL,
  state           text NOT NULL,
  attempts        jsonb NOT NULL DEFAULT '[]',
  queued_at       timestamptz,
  next_attempt_at timestamptz,
  created_at      timestamptz NOT NULL,
  finished_at     timestamptz
);
CREATE INDEX deliveries_by_webhook ON deliveries (webhook_id, id);
CREATE INDEX deliveries_to_queue ON deliveries (id) WHERE queued_at IS NULL;
CREATE INDEX deliveries_by_age ON deliveries (finished_at);

-- The place in the feed up to which deliveries were made.
CREATE TABLE delivered_events (
  single   boolean PRIMARY KEY DEFAULT true CHECK (single),
  position bigint NOT NULL
);
INSERT INTO delivered_events (position) VALUES (0);

-- Customers have their own: not with a key that is limited to some of their services, as a webhook
-- tells of all of them. A row lock asks for the right to update.
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO sallyport_customer;
ALTER TABLE webhooks ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON webhooks TO sallyport_customer
  USING (
    owner = 'customer' AND customer_id = (SELECT current_setting('sallyport.customer', true))
    AND (SELECT coalesce(current_setting('sallyport.services', true), '') = ''));

GRANT SELECT, INSERT, UPDATE ON deliveries TO sallyport_customer;
ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON deliveries TO sallyport_customer
  USING (webhook_id IN (SELECT id FROM webhooks));
