-- What is behind each service, and what went through each connection, as AWS last showed it. Both are
-- read by workers for diagnoses, and customers see only what a diagnosis tells of them.

CREATE TABLE backends (
  endpoint_service_id text PRIMARY KEY REFERENCES endpoint_services ON DELETE CASCADE,
  -- Null while they could not be read.
  load_balancers jsonb,
  observed_at timestamptz NOT NULL,
  problem text
);

CREATE TABLE connection_traffic (
  connection_id text PRIMARY KEY REFERENCES connections ON DELETE CASCADE,
  observed_at timestamptz NOT NULL,
  window_seconds integer NOT NULL,
  bytes double precision NOT NULL,
  new_connections double precision NOT NULL,
  resets double precision NOT NULL
);
