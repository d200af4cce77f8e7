-- An event is told in the transaction of its change, here.
CREATE TABLE event_outbox (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL,
  type        text NOT NULL,
  subject_id  text NOT NULL,
  customer_id text,
  before      text,
  after       text,
  alarm       jsonb
);

-- And has its place in the feed once that has committed: see storage/events.ts.
CREATE TABLE events (
  position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          text NOT NULL UNIQUE,
  at          timestamptz NOT NULL,
  type        text NOT NULL,
  subject_id  text NOT NULL,
  customer_id text,
  before      text,
  after       text,
  alarm       jsonb
);
CREATE INDEX events_by_type ON events (type, position);
CREATE INDEX events_by_subject ON events (subject_id, position);
CREATE INDEX events_by_customer ON events (customer_id, position);
CREATE INDEX events_by_age ON events (at);

-- What the drift report of each service told when it was last looked at.
CREATE TABLE alarms (
  endpoint_service_id text NOT NULL REFERENCES endpoint_services (id) ON DELETE CASCADE,
  kind                text NOT NULL,
  subject             text NOT NULL,
  severity            text NOT NULL,
  raised_at           timestamptz NOT NULL,
  PRIMARY KEY (endpoint_service_id, kind, subject)
);
