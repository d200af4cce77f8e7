-- The desired state, what AWS last said, and who changed what. Ids are made by the program.

CREATE TABLE provider_accounts (
  id text PRIMARY KEY,
  name text NOT NULL,
  account_id text NOT NULL UNIQUE CHECK (account_id ~ '^[0-9]{12}$'),
  role_arn text,
  external_id text,
  regions text[] NOT NULL,
  hosted_zones jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

CREATE TABLE endpoint_services (
  id text PRIMARY KEY,
  name text NOT NULL,
  provider_account_id text NOT NULL REFERENCES provider_accounts,
  region text NOT NULL,
  service_id text UNIQUE,
  service_name text,
  network_load_balancer_arns text[] NOT NULL DEFAULT '{}',
  modes jsonb NOT NULL,
  observed jsonb,
  observed_at timestamptz,
  -- When the allowlist was last read to its end.
  principals_read_at timestamptz,
  problem text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX endpoint_services_by_place ON endpoint_services (provider_account_id, region);

CREATE TABLE private_dns (
  endpoint_service_id text PRIMARY KEY REFERENCES endpoint_services ON DELETE CASCADE,
  name text,
  name_owned boolean NOT NULL DEFAULT false,
  record jsonb,
  verification_started_at timestamptz,
  problem text,
  observed_at timestamptz
);

CREATE TABLE customers (
  id text PRIMARY KEY,
  external_id text NOT NULL UNIQUE,
  name text NOT NULL,
  state text NOT NULL,
  metadata jsonb NOT NULL DEFAULT '{}',
  contacts jsonb NOT NULL DEFAULT '[]',
  offboarding_since timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

CREATE TABLE grants (
  id text PRIMARY KEY,
  customer_id text NOT NULL REFERENCES customers,
  endpoint_service_id text NOT NULL REFERENCES endpoint_services,
  account_ids text[] NOT NULL DEFAULT '{}',
  role_names text[] NOT NULL DEFAULT '{}',
  acceptance text NOT NULL,
  connections_max integer,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (customer_id, endpoint_service_id)
);
CREATE INDEX grants_by_service ON grants (endpoint_service_id);

CREATE TABLE accounts (
  id text PRIMARY KEY,
  customer_id text NOT NULL REFERENCES customers,
  account_id text NOT NULL CHECK (account_id ~ '^[0-9]{12}$'),
  partition text NOT NULL,
  standing text NOT NULL,
  standing_since timestamptz NOT NULL,
  proven_by text,
  attested_reason text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (customer_id, account_id)
);
-- One AWS account has at most one owner, whatever two requests do at once.
CREATE UNIQUE INDEX accounts_one_owner ON accounts (partition, account_id)
  WHERE standing IN ('proven', 'attested', 'imported', 'lapsed');
CREATE INDEX accounts_by_number ON accounts (account_id);

CREATE TABLE challenges (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  challenge text NOT NULL UNIQUE,
  audience text NOT NULL,
  expires_at timestamptz NOT NULL,
  spent_at timestamptz
);

-- `fields` holds a signature and is emptied with the verdict.
CREATE TABLE proofs (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts ON DELETE CASCADE,
  challenge_id text NOT NULL UNIQUE REFERENCES challenges ON DELETE CASCADE,
  operation_id text NOT NULL,
  fields jsonb,
  submitted_at timestamptz NOT NULL,
  judged_at timestamptz
);

-- The ledger of the allowlist: what we added, and what AWS last showed.
CREATE TABLE principals (
  id text PRIMARY KEY,
  endpoint_service_id text NOT NULL REFERENCES endpoint_services ON DELETE CASCADE,
  arn text NOT NULL,
  owned boolean NOT NULL DEFAULT false,
  observed boolean NOT NULL DEFAULT false,
  confirmed boolean NOT NULL DEFAULT false,
  missed_reads integer NOT NULL DEFAULT 0,
  observed_at timestamptz,
  since timestamptz NOT NULL,
  UNIQUE (endpoint_service_id, arn)
);

CREATE TABLE connections (
  id text PRIMARY KEY,
  endpoint_service_id text NOT NULL REFERENCES endpoint_services ON DELETE CASCADE,
  vpc_endpoint_id text NOT NULL UNIQUE,
  owner_account_id text NOT NULL,
  endpoint_region text NOT NULL,
  state text NOT NULL,
  aws_state text NOT NULL,
  decision text NOT NULL DEFAULT 'undecided',
  decided_by text,
  decision_reason text,
  hold_reason text,
  created_at timestamptz NOT NULL,
  first_seen_at timestamptz NOT NULL,
  state_since timestamptz NOT NULL,
  observed_at timestamptz NOT NULL
);
CREATE INDEX connections_by_service ON connections (endpoint_service_id, state);
CREATE INDEX connections_by_owner ON connections (owner_account_id);

CREATE TABLE connection_transitions (
  connection_id text NOT NULL REFERENCES connections ON DELETE CASCADE,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  from_state text,
  to_state text NOT NULL,
  PRIMARY KEY (connection_id, seq)
);

CREATE TABLE operations (
  id text PRIMARY KEY,
  kind text NOT NULL,
  subject_id text NOT NULL,
  customer_id text,
  state text NOT NULL,
  message text NOT NULL,
  error_code text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  finished_at timestamptz
);
CREATE INDEX operations_running ON operations (kind, subject_id) WHERE state = 'running';

CREATE TABLE api_keys (
  id text PRIMARY KEY,
  name text NOT NULL,
  role text NOT NULL,
  customer_id text REFERENCES customers,
  hash text NOT NULL UNIQUE,
  hint text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  CHECK ((role = 'customer') = (customer_id IS NOT NULL))
);

CREATE TABLE invites (
  id text PRIMARY KEY,
  customer_id text NOT NULL REFERENCES customers,
  token_hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  redeemed_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX invites_by_customer ON invites (customer_id);

CREATE TABLE audit_entries (
  id text PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject_id text NOT NULL,
  customer_id text,
  reason text,
  change_ref text,
  before jsonb,
  after jsonb,
  request_id text
);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject_id, id);

-- Answers already given. `key` is a hash, and the answer is sealed under the key itself, because an
-- answer may carry a secret that is shown only once.
CREATE TABLE idempotency_keys (
  key text PRIMARY KEY,
  fingerprint text NOT NULL,
  status integer NOT NULL,
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL
);

-- What the workers look after: one row for each place in AWS that is to be kept in line.
CREATE TABLE targets (
  kind text NOT NULL,
  key text NOT NULL,
  due_at timestamptz NOT NULL,
  wanted integer NOT NULL DEFAULT 1,
  done integer NOT NULL DEFAULT 0,
  lease_owner text,
  lease_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  report jsonb,
  PRIMARY KEY (kind, key)
);
CREATE INDEX targets_due ON targets (due_at);

-- Every change of AWS: written before the call, completed after it.
CREATE TABLE effects (
  id text PRIMARY KEY,
  target_kind text NOT NULL,
  target_key text NOT NULL,
  action text NOT NULL,
  request jsonb NOT NULL,
  intended_at timestamptz NOT NULL,
  outcome text,
  detail text,
  aws_request_id text,
  finished_at timestamptz
);
CREATE INDEX effects_open ON effects (target_kind, target_key) WHERE finished_at IS NULL;

-- The allowlist as grants want it: active customers, accounts with standing, roots or named roles.
-- Lapsed standing keeps what is there, as only offboarding or an operator removes (invariant 9).
CREATE VIEW wanted_principals AS
SELECT g.endpoint_service_id,
       'arn:' || a.partition || ':iam::' || a.account_id || ':' || names.name AS arn,
       array_agg(DISTINCT g.id) AS grant_ids,
       bool_or(a.standing <> 'lapsed') AS admits,
       min(g.customer_id) AS customer_id
FROM grants g
JOIN customers c ON c.id = g.customer_id AND c.state = 'active'
JOIN accounts a ON a.customer_id = g.customer_id
  AND a.standing IN ('proven', 'attested', 'imported', 'lapsed')
  AND (g.account_ids = '{}' OR a.account_id = ANY (g.account_ids))
CROSS JOIN LATERAL (
  SELECT 'root' AS name WHERE g.role_names = '{}'
  UNION ALL
  SELECT 'role/' || role FROM unnest(g.role_names) AS role
) AS names
GROUP BY 1, 2;
