-- The database after all of migrations/. Written by tools/schema.ts: do not edit.

CREATE OR REPLACE FUNCTION public.await_audit_seal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO audit_unsealed (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.keep_account_periods()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
END $function$
;

CREATE OR REPLACE FUNCTION public.keep_latest_event()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  NEW.latest_at := greatest(NEW.at,
    (SELECT latest_at FROM events ORDER BY position DESC LIMIT 1));
  RETURN NEW;
END $function$
;

CREATE OR REPLACE FUNCTION public.keep_principal_periods()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.observed AND (TG_OP = 'DELETE' OR NOT NEW.observed) THEN
    UPDATE principal_periods SET until_at = now()
    WHERE endpoint_service_id = OLD.endpoint_service_id AND arn = OLD.arn AND until_at IS NULL;
  ELSIF TG_OP <> 'DELETE' AND NEW.observed AND (TG_OP = 'INSERT' OR NOT OLD.observed) THEN
    INSERT INTO principal_periods (endpoint_service_id, arn, from_at)
    VALUES (NEW.endpoint_service_id, NEW.arn, now());
  END IF;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$
;

CREATE OR REPLACE FUNCTION public.refuse_seal_skipped()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM audit_sealed WHERE entry_id = OLD.entry_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Entries of the audit log wait until they are sealed: % of % is refused.',
    TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $function$
;

create table access_history (
  single boolean default true not null,
  began_at timestamptz not null,
  constraint access_history_pkey PRIMARY KEY (single),
  constraint access_history_single_check CHECK (single)
);

create table account_periods (
  seq bigint generated always as identity not null,
  id text not null,
  account_id text not null,
  partition text not null,
  customer_id text not null,
  standing text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  constraint account_periods_pkey PRIMARY KEY (seq)
);
CREATE INDEX account_periods_by_age ON public.account_periods USING btree (until_at);
CREATE INDEX account_periods_by_id ON public.account_periods USING btree (id);
CREATE INDEX account_periods_by_number ON public.account_periods USING btree (account_id, partition);

create table accounts (
  id text not null,
  customer_id text not null,
  account_id text not null,
  partition text not null,
  standing text not null,
  standing_since timestamptz not null,
  proven_by text,
  attested_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  lapses_at timestamptz,
  proof_method text,
  proof_role text,
  renew_at timestamptz,
  renewal_problem text,
  renewal_problem_since timestamptz,
  renewal_actor text,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_customer_id_account_id_key UNIQUE (customer_id, account_id),
  constraint accounts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint accounts_account_id_check CHECK (account_id ~ '^[0-9]{12}$'::text)
);
CREATE INDEX accounts_by_change ON public.accounts USING btree (updated_at);
CREATE INDEX accounts_by_customer ON public.accounts USING btree (customer_id, id);
CREATE INDEX accounts_by_number ON public.accounts USING btree (account_id);
CREATE INDEX accounts_by_standing ON public.accounts USING btree (standing, id);
CREATE UNIQUE INDEX accounts_one_owner ON public.accounts USING btree (partition, account_id) WHERE (standing = ANY (ARRAY['proven'::text, 'attested'::text, 'imported'::text, 'lapsed'::text]));
CREATE INDEX accounts_that_lapse ON public.accounts USING btree (lapses_at) WHERE (standing = 'proven'::text);
CREATE INDEX accounts_that_renew ON public.accounts USING btree (renew_at) WHERE (proof_method = 'role'::text);
alter table accounts enable row level security;
create policy own on accounts as permissive for all to sallyport_customer using ((customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting))) with check (((customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)) AND (standing = 'claimed'::text)));
CREATE TRIGGER accounts_keep_periods AFTER INSERT OR DELETE OR UPDATE OF standing ON accounts FOR EACH ROW EXECUTE FUNCTION keep_account_periods();

create table alarms (
  endpoint_service_id text not null,
  kind text not null,
  subject text not null,
  severity text not null,
  raised_at timestamptz not null,
  constraint alarms_pkey PRIMARY KEY (endpoint_service_id, kind, subject),
  constraint alarms_endpoint_service_id_fkey FOREIGN KEY (endpoint_service_id) REFERENCES endpoint_services(id) ON DELETE CASCADE
);

create table api_keys (
  id text not null,
  name text not null,
  role text not null,
  customer_id text,
  hash text not null,
  hint text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  scopes text[] default '{}'::text[] not null,
  rotated_from text,
  endpoint_service_ids text[] default '{}'::text[] not null,
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_hash_key UNIQUE (hash),
  constraint api_keys_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint api_keys_rotated_from_fkey FOREIGN KEY (rotated_from) REFERENCES api_keys(id),
  constraint api_keys_check CHECK ((role = 'customer'::text) = (customer_id IS NOT NULL)),
  constraint api_keys_check1 CHECK (endpoint_service_ids = '{}'::text[] OR role = 'customer'::text)
);
CREATE INDEX api_keys_by_customer ON public.api_keys USING btree (customer_id, id);
CREATE INDEX api_keys_by_predecessor ON public.api_keys USING btree (rotated_from);
alter table api_keys enable row level security;
create policy own on api_keys as permissive for all to sallyport_customer using ((customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)));

create table audit_entries (
  id text not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject_id text not null,
  customer_id text,
  reason text,
  change_ref text,
  before jsonb,
  after jsonb,
  request_id text,
  trace_id text,
  aws_request_ids text[] default '{}'::text[] not null,
  caused_by text[] default '{}'::text[] not null,
  constraint audit_entries_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_entries_by_actor ON public.audit_entries USING btree (actor, id);
CREATE INDEX audit_entries_by_cause ON public.audit_entries USING gin (caused_by) WHERE (caused_by <> '{}'::text[]);
CREATE INDEX audit_entries_by_customer ON public.audit_entries USING btree (customer_id, id);
CREATE INDEX audit_entries_by_request ON public.audit_entries USING btree (request_id);
CREATE INDEX audit_entries_by_subject ON public.audit_entries USING btree (subject_id, id);
CREATE INDEX audit_entries_by_trace ON public.audit_entries USING btree (trace_id) WHERE (trace_id IS NOT NULL);
CREATE INDEX audit_entries_by_traced_request ON public.audit_entries USING btree (request_id) WHERE (trace_id IS NOT NULL);
CREATE INDEX audit_entries_of_grants ON public.audit_entries USING btree (customer_id, id) WHERE (action = ANY (ARRAY['createGrant'::text, 'updateGrant'::text, 'deleteGrant'::text, 'expireGrant'::text]));
CREATE TRIGGER audit_entries_await_seal AFTER INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION await_audit_seal();
CREATE TRIGGER audit_entries_not_truncated BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_entries_stay BEFORE DELETE OR UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

create table audit_removals (
  through_seal bigint not null,
  through_place bigint not null,
  entry_id text not null,
  constraint audit_removals_pkey PRIMARY KEY (through_seal),
  constraint audit_removals_through_seal_fkey FOREIGN KEY (through_seal) REFERENCES audit_seals(seq)
);

create table audit_sealed (
  place bigint not null,
  entry_id text not null,
  hash text not null,
  constraint audit_sealed_pkey PRIMARY KEY (place),
  constraint audit_sealed_entry_id_key UNIQUE (entry_id)
);
CREATE TRIGGER audit_sealed_not_truncated BEFORE TRUNCATE ON audit_sealed FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_sealed_stay BEFORE DELETE OR UPDATE ON audit_sealed FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

create table audit_seals (
  seq bigint not null,
  first_place bigint not null,
  last_place bigint not null,
  root text not null,
  previous text not null,
  sealed_at timestamptz not null,
  hash text not null,
  signature text,
  form integer default 1 not null,
  constraint audit_seals_pkey PRIMARY KEY (seq),
  constraint audit_seals_check CHECK (last_place >= first_place)
);
CREATE TRIGGER audit_seals_not_truncated BEFORE TRUNCATE ON audit_seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_seals_stay BEFORE DELETE OR UPDATE ON audit_seals FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

create table audit_unsealed (
  entry_id text not null,
  constraint audit_unsealed_pkey PRIMARY KEY (entry_id)
);
CREATE TRIGGER audit_unsealed_not_truncated BEFORE TRUNCATE ON audit_unsealed FOR EACH STATEMENT EXECUTE FUNCTION refuse_seal_skipped();
CREATE TRIGGER audit_unsealed_stay BEFORE DELETE OR UPDATE ON audit_unsealed FOR EACH ROW EXECUTE FUNCTION refuse_seal_skipped();

create table backends (
  endpoint_service_id text not null,
  load_balancers jsonb,
  observed_at timestamptz not null,
  problem text,
  constraint backends_pkey PRIMARY KEY (endpoint_service_id),
  constraint backends_endpoint_service_id_fkey FOREIGN KEY (endpoint_service_id) REFERENCES endpoint_services(id) ON DELETE CASCADE
);

create table call_budgets (
  account_id text not null,
  region text not null,
  bucket text not null,
  tokens double precision not null,
  at timestamptz not null,
  constraint call_budgets_pkey PRIMARY KEY (account_id, region, bucket)
);

create table challenges (
  id text not null,
  account_id text not null,
  challenge text not null,
  audience text not null,
  expires_at timestamptz not null,
  spent_at timestamptz,
  constraint challenges_pkey PRIMARY KEY (id),
  constraint challenges_challenge_key UNIQUE (challenge),
  constraint challenges_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
);
CREATE INDEX challenges_by_account ON public.challenges USING btree (account_id);
CREATE INDEX challenges_by_age ON public.challenges USING btree (expires_at);
alter table challenges enable row level security;
create policy own on challenges as permissive for all to sallyport_customer using ((account_id IN ( SELECT accounts.id
   FROM accounts)));

create table connection_traffic (
  connection_id text not null,
  observed_at timestamptz not null,
  window_seconds integer not null,
  bytes double precision not null,
  new_connections double precision not null,
  resets double precision not null,
  constraint connection_traffic_pkey PRIMARY KEY (connection_id),
  constraint connection_traffic_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
);

create table connection_transitions (
  connection_id text not null,
  seq bigint generated always as identity not null,
  at timestamptz not null,
  from_state text,
  to_state text not null,
  constraint connection_transitions_pkey PRIMARY KEY (connection_id, seq),
  constraint connection_transitions_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
);
CREATE INDEX connection_transitions_by_age ON public.connection_transitions USING btree (at);
alter table connection_transitions enable row level security;
create policy own on connection_transitions as permissive for all to sallyport_customer using (( SELECT true
   FROM connections n
  WHERE (n.id = connection_transitions.connection_id)));

create table connections (
  id text not null,
  endpoint_service_id text not null,
  vpc_endpoint_id text not null,
  owner_account_id text not null,
  endpoint_region text not null,
  state text not null,
  aws_state text not null,
  decision text default 'undecided'::text not null,
  decided_by text,
  decision_reason text,
  hold_reason text,
  created_at timestamptz not null,
  first_seen_at timestamptz not null,
  state_since timestamptz not null,
  observed_at timestamptz not null,
  dns text,
  constraint connections_pkey PRIMARY KEY (id),
  constraint connections_vpc_endpoint_id_key UNIQUE (vpc_endpoint_id),
  constraint connections_endpoint_service_id_fkey FOREIGN KEY (endpoint_service_id) REFERENCES endpoint_services(id) ON DELETE CASCADE,
  constraint connections_dns_check CHECK (dns = ANY (ARRAY['endpoint'::text, 'hosted-zone'::text, 'profile'::text, 'none'::text]))
);
CREATE INDEX connections_by_service ON public.connections USING btree (endpoint_service_id, state);
CREATE INDEX connections_by_state ON public.connections USING btree (state, id);
CREATE INDEX connections_in_order ON public.connections USING btree (endpoint_service_id, id);
CREATE INDEX connections_of_owner ON public.connections USING btree (owner_account_id, id);
CREATE INDEX connections_unsettled ON public.connections USING btree (endpoint_service_id, id) WHERE ((state <> 'deleted'::text) AND (NOT ((decision = 'accept'::text) AND (state = 'available'::text))) AND (NOT ((decision = 'reject'::text) AND (state = 'rejected'::text))));
alter table connections enable row level security;
create policy own on connections as permissive for all to sallyport_customer using (((EXISTS ( SELECT
   FROM accounts a
  WHERE ((a.account_id = connections.owner_account_id) AND (a.standing = ANY (ARRAY['proven'::text, 'attested'::text, 'imported'::text, 'lapsed'::text])) AND (a.partition =
        CASE
            WHEN (connections.endpoint_region ~~ 'cn-%'::text) THEN 'aws-cn'::text
            WHEN (connections.endpoint_region ~~ 'us-gov-%'::text) THEN 'aws-us-gov'::text
            ELSE 'aws'::text
        END)))) AND (( SELECT (COALESCE(current_setting('sallyport.services'::text, true), ''::text) = ''::text)) OR (endpoint_service_id = ANY (( SELECT string_to_array(current_setting('sallyport.services'::text, true), ','::text) AS string_to_array)::text[])))));

create table customer_tokens (
  id text not null,
  customer_id text not null,
  subject text,
  scopes text[] default '{}'::text[] not null,
  made_by text not null,
  hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  endpoint_service_ids text[] default '{}'::text[] not null,
  constraint customer_tokens_pkey PRIMARY KEY (id),
  constraint customer_tokens_hash_key UNIQUE (hash),
  constraint customer_tokens_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id)
);
CREATE INDEX customer_tokens_by_age ON public.customer_tokens USING btree (expires_at);

create table customers (
  id text not null,
  external_id text not null,
  name text not null,
  state text not null,
  metadata jsonb default '{}'::jsonb not null,
  contacts jsonb default '[]'::jsonb not null,
  offboarding_since timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  suspended_since timestamptz,
  suspension_policy text,
  suspension_reason text,
  offboarding_policy text,
  drain_until timestamptz,
  required_role text,
  constraint customers_pkey PRIMARY KEY (id),
  constraint customers_external_id_key UNIQUE (external_id)
);
CREATE INDEX customers_by_change ON public.customers USING btree (updated_at);
CREATE INDEX customers_by_state ON public.customers USING btree (state, id);
alter table customers enable row level security;
create policy own on customers as permissive for all to sallyport_customer using ((id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)));

create table delivered_events (
  single boolean default true not null,
  "position" bigint not null,
  constraint delivered_events_pkey PRIMARY KEY (single),
  constraint delivered_events_single_check CHECK (single)
);

create table deliveries (
  id text not null,
  webhook_id text not null,
  message_id text not null,
  type text not null,
  payload text not null,
  state text not null,
  attempts jsonb default '[]'::jsonb not null,
  queued_at timestamptz,
  next_attempt_at timestamptz,
  created_at timestamptz not null,
  finished_at timestamptz,
  constraint deliveries_pkey PRIMARY KEY (id),
  constraint deliveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks(id) ON DELETE CASCADE
);
CREATE INDEX deliveries_by_age ON public.deliveries USING btree (finished_at);
CREATE INDEX deliveries_by_state ON public.deliveries USING btree (webhook_id, state, id);
CREATE INDEX deliveries_by_webhook ON public.deliveries USING btree (webhook_id, id);
CREATE INDEX deliveries_to_queue ON public.deliveries USING btree (id) WHERE (queued_at IS NULL);
alter table deliveries enable row level security;
create policy own on deliveries as permissive for all to sallyport_customer using ((webhook_id IN ( SELECT webhooks.id
   FROM webhooks)));

create table deployment (
  id text not null,
  single boolean default true not null,
  home text not null,
  epoch bigint default 0 not null,
  quarantine text,
  quarantined_since timestamptz,
  constraint deployment_pkey PRIMARY KEY (id),
  constraint deployment_single_key UNIQUE (single),
  constraint deployment_single_check CHECK (single)
);

create table effects (
  id text not null,
  target_kind text not null,
  target_key text not null,
  action text not null,
  request jsonb not null,
  intended_at timestamptz not null,
  outcome text,
  detail text,
  aws_request_id text,
  finished_at timestamptz,
  endpoint_service_id text,
  caused_by text[] default '{}'::text[] not null,
  constraint effects_pkey PRIMARY KEY (id)
);
CREATE INDEX effects_by_age ON public.effects USING btree (finished_at);
CREATE INDEX effects_by_cause ON public.effects USING gin (caused_by);
CREATE INDEX effects_by_outcome ON public.effects USING btree (COALESCE(outcome, 'open'::text), id);
CREATE INDEX effects_by_service ON public.effects USING btree (endpoint_service_id, id);
CREATE INDEX effects_by_target ON public.effects USING btree (target_kind, target_key, intended_at);
CREATE INDEX effects_open ON public.effects USING btree (target_kind, target_key) WHERE (finished_at IS NULL);

create table endpoint_services (
  id text not null,
  name text not null,
  provider_account_id text not null,
  region text not null,
  service_id text,
  service_name text,
  network_load_balancer_arns text[] default '{}'::text[] not null,
  modes jsonb not null,
  observed jsonb,
  observed_at timestamptz,
  principals_read_at timestamptz,
  problem text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  frozen_since timestamptz,
  frozen_reason text,
  quarantine text,
  manages_principals boolean generated always as (((frozen_since IS NULL) AND (quarantine IS NULL) AND ((modes ->> 'principals'::text) = 'manage'::text))) stored not null,
  manages_acceptance boolean generated always as (((frozen_since IS NULL) AND (quarantine IS NULL) AND ((modes ->> 'acceptance'::text) = 'manage'::text))) stored not null,
  epoch bigint default 0 not null,
  strange_mark text,
  accepted_marks jsonb default '{}'::jsonb not null,
  mark_problem text,
  principals_listed integer default 0 not null,
  retiring_since timestamptz,
  retire_reason text,
  retired_at timestamptz,
  on_external_removal text default 'hold'::text not null,
  acceptance_since timestamptz,
  private_dns_since timestamptz,
  state_since timestamptz,
  constraint endpoint_services_pkey PRIMARY KEY (id),
  constraint endpoint_services_service_id_key UNIQUE (service_id),
  constraint endpoint_services_provider_account_id_fkey FOREIGN KEY (provider_account_id) REFERENCES provider_accounts(id),
  constraint endpoint_services_on_external_removal_check CHECK (on_external_removal = ANY (ARRAY['hold'::text, 'restore'::text]))
);
CREATE INDEX endpoint_services_by_name ON public.endpoint_services USING btree (service_name);
CREATE INDEX endpoint_services_by_place ON public.endpoint_services USING btree (provider_account_id, region);
alter table endpoint_services enable row level security;
create policy own on endpoint_services as permissive for all to sallyport_customer using (((id IN ( SELECT grants.endpoint_service_id
   FROM grants)) OR (id IN ( SELECT n.endpoint_service_id
   FROM (accounts a
     JOIN connections n ON ((n.owner_account_id = a.account_id)))))));

create table event_outbox (
  seq bigint generated always as identity not null,
  at timestamptz not null,
  type text not null,
  subject_id text not null,
  customer_id text,
  before text,
  after text,
  alarm jsonb,
  constraint event_outbox_pkey PRIMARY KEY (seq)
);
alter table event_outbox enable row level security;
create policy own on event_outbox as permissive for insert to sallyport_customer with check ((customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)));

create table events (
  "position" bigint generated always as identity not null,
  id text not null,
  at timestamptz not null,
  type text not null,
  subject_id text not null,
  customer_id text,
  before text,
  after text,
  alarm jsonb,
  latest_at timestamptz not null,
  constraint events_pkey PRIMARY KEY ("position"),
  constraint events_id_key UNIQUE (id)
);
CREATE INDEX events_by_age ON public.events USING btree (at);
CREATE INDEX events_by_customer ON public.events USING btree (customer_id, "position");
CREATE INDEX events_by_latest ON public.events USING btree (latest_at, "position");
CREATE INDEX events_by_subject ON public.events USING btree (subject_id, "position");
CREATE INDEX events_by_type ON public.events USING btree (type, "position");
alter table events enable row level security;
create policy own on events as permissive for all to sallyport_customer using (((customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)) AND (( SELECT (COALESCE(current_setting('sallyport.services'::text, true), ''::text) = ''::text)) OR ( SELECT true
   FROM grants g
  WHERE (g.id = events.subject_id)) OR ( SELECT true
   FROM connections n
  WHERE (n.id = events.subject_id)) OR ( SELECT true
   FROM principals p
  WHERE (p.id = events.subject_id)))));
CREATE TRIGGER events_keep_latest BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION keep_latest_event();

create table grants (
  id text not null,
  customer_id text not null,
  endpoint_service_id text not null,
  account_ids text[] default '{}'::text[] not null,
  role_names text[] default '{}'::text[] not null,
  acceptance text not null,
  connections_max integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  endpoint_regions text[] default '{}'::text[] not null,
  expires_at timestamptz,
  expired_at timestamptz,
  dns text,
  constraint grants_pkey PRIMARY KEY (id),
  constraint grants_customer_id_endpoint_service_id_key UNIQUE (customer_id, endpoint_service_id),
  constraint grants_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint grants_endpoint_service_id_fkey FOREIGN KEY (endpoint_service_id) REFERENCES endpoint_services(id),
  constraint grants_dns_check CHECK (dns = ANY (ARRAY['endpoint'::text, 'hosted-zone'::text, 'profile'::text, 'none'::text]))
);
CREATE INDEX grants_by_change ON public.grants USING btree (updated_at);
CREATE INDEX grants_by_customer ON public.grants USING btree (customer_id, id);
CREATE INDEX grants_in_order ON public.grants USING btree (endpoint_service_id, id);
alter table grants enable row level security;
create policy own on grants as permissive for all to sallyport_customer using (((customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)) AND (( SELECT (COALESCE(current_setting('sallyport.services'::text, true), ''::text) = ''::text)) OR (endpoint_service_id = ANY (( SELECT string_to_array(current_setting('sallyport.services'::text, true), ','::text) AS string_to_array)::text[])))));

create table idempotency_keys (
  key text not null,
  fingerprint text not null,
  status integer not null,
  sealed bytea not null,
  created_at timestamptz not null,
  constraint idempotency_keys_pkey PRIMARY KEY (key)
);
CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at);

create table invites (
  id text not null,
  customer_id text not null,
  token_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  redeemed_at timestamptz,
  revoked_at timestamptz,
  constraint invites_pkey PRIMARY KEY (id),
  constraint invites_token_hash_key UNIQUE (token_hash),
  constraint invites_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id)
);
CREATE INDEX invites_in_order ON public.invites USING btree (customer_id, id);

create table notes (
  id text not null,
  connection_id text not null,
  text text not null,
  author text not null,
  created_at timestamptz not null,
  constraint notes_pkey PRIMARY KEY (id),
  constraint notes_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
);
CREATE INDEX notes_in_order ON public.notes USING btree (connection_id, id);

create table observation_tokens (
  id text not null,
  connection_id text not null,
  customer_id text,
  hash text not null,
  made_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz,
  constraint observation_tokens_pkey PRIMARY KEY (id),
  constraint observation_tokens_hash_key UNIQUE (hash),
  constraint observation_tokens_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE,
  constraint observation_tokens_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id)
);
CREATE INDEX observation_tokens_by_age ON public.observation_tokens USING btree (expires_at);
CREATE INDEX observation_tokens_of_connection ON public.observation_tokens USING btree (connection_id);
alter table observation_tokens enable row level security;
create policy own on observation_tokens as permissive for insert to sallyport_customer with check (((customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)) AND ( SELECT true
   FROM connections n
  WHERE (n.id = observation_tokens.connection_id))));

create table observations (
  id text not null,
  connection_id text not null,
  customer_id text,
  source text not null,
  observed_at timestamptz not null,
  received_at timestamptz not null,
  report jsonb not null,
  constraint observations_pkey PRIMARY KEY (id),
  constraint observations_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE,
  constraint observations_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint observations_source_check CHECK (source = ANY (ARRAY['vendor'::text, 'customer'::text, 'script'::text]))
);
CREATE INDEX observations_by_age ON public.observations USING btree (received_at);
CREATE INDEX observations_of_connection ON public.observations USING btree (connection_id, id);
alter table observations enable row level security;
create policy own on observations as permissive for all to sallyport_customer using (((customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)) AND ( SELECT true
   FROM connections n
  WHERE (n.id = observations.connection_id))));

create table operations (
  id text not null,
  kind text not null,
  subject_id text not null,
  customer_id text,
  state text not null,
  message text not null,
  error_code text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  held_up_by jsonb default '[]'::jsonb not null,
  constraint operations_pkey PRIMARY KEY (id)
);
CREATE INDEX operations_by_age ON public.operations USING btree (finished_at);
CREATE INDEX operations_by_change ON public.operations USING btree (updated_at);
CREATE INDEX operations_by_customer ON public.operations USING btree (customer_id, id);
CREATE INDEX operations_by_state ON public.operations USING btree (state, id);
CREATE INDEX operations_running ON public.operations USING btree (kind, subject_id) WHERE (state = 'running'::text);
CREATE INDEX operations_running_of_customer ON public.operations USING btree (customer_id) WHERE (state = 'running'::text);
alter table operations enable row level security;
create policy own on operations as permissive for all to sallyport_customer using ((customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)));

create table principal_periods (
  seq bigint generated always as identity not null,
  endpoint_service_id text not null,
  arn text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  constraint principal_periods_pkey PRIMARY KEY (seq)
);
CREATE INDEX principal_periods_by_age ON public.principal_periods USING btree (until_at);
CREATE INDEX principal_periods_by_service ON public.principal_periods USING btree (endpoint_service_id, arn);

create table principals (
  id text not null,
  endpoint_service_id text not null,
  arn text not null,
  owned boolean default false not null,
  observed boolean default false not null,
  confirmed boolean default false not null,
  missed_reads integer default 0 not null,
  since timestamptz not null,
  withdrawn boolean default false not null,
  restore boolean default false not null,
  released boolean default false not null,
  unsettled_since timestamptz,
  unwanted boolean default false not null,
  constraint principals_pkey PRIMARY KEY (id),
  constraint principals_endpoint_service_id_arn_key UNIQUE (endpoint_service_id, arn),
  constraint principals_endpoint_service_id_fkey FOREIGN KEY (endpoint_service_id) REFERENCES endpoint_services(id) ON DELETE CASCADE
);
CREATE INDEX principals_in_order ON public.principals USING btree (endpoint_service_id, id);
CREATE INDEX principals_not_ours ON public.principals USING btree (id) WHERE (observed AND (NOT owned));
CREATE INDEX principals_not_there ON public.principals USING btree (id) WHERE (NOT observed);
CREATE INDEX principals_of_account ON public.principals USING btree (split_part(arn, ':'::text, 5), id);
CREATE INDEX principals_unwanted ON public.principals USING btree (id) WHERE unwanted;
alter table principals enable row level security;
create policy own on principals as permissive for all to sallyport_customer using (((EXISTS ( SELECT
   FROM accounts a
  WHERE ((a.account_id = split_part(principals.arn, ':'::text, 5)) AND (a.partition = split_part(principals.arn, ':'::text, 2)) AND (a.standing = ANY (ARRAY['proven'::text, 'attested'::text, 'imported'::text, 'lapsed'::text]))))) AND (( SELECT (COALESCE(current_setting('sallyport.services'::text, true), ''::text) = ''::text)) OR (endpoint_service_id = ANY (( SELECT string_to_array(current_setting('sallyport.services'::text, true), ','::text) AS string_to_array)::text[])))));
CREATE TRIGGER principals_keep_periods AFTER INSERT OR DELETE OR UPDATE OF observed ON principals FOR EACH ROW EXECUTE FUNCTION keep_principal_periods();

create table private_dns (
  endpoint_service_id text not null,
  name text,
  record jsonb,
  verification_started_at timestamptz,
  problem text,
  observed_at timestamptz,
  owned_names text[] default '{}'::text[] not null,
  verified_since timestamptz,
  lost_since timestamptz,
  disagreeing_reads integer default 0 not null,
  phase text,
  phase_since timestamptz,
  sightings jsonb default '[]'::jsonb not null,
  constraint private_dns_pkey PRIMARY KEY (endpoint_service_id),
  constraint private_dns_endpoint_service_id_fkey FOREIGN KEY (endpoint_service_id) REFERENCES endpoint_services(id) ON DELETE CASCADE
);

create table proofs (
  id text not null,
  account_id text not null,
  challenge_id text,
  operation_id text,
  fields jsonb,
  submitted_at timestamptz not null,
  judged_at timestamptz,
  constraint proofs_pkey PRIMARY KEY (id),
  constraint proofs_challenge_id_key UNIQUE (challenge_id),
  constraint proofs_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  constraint proofs_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenges(id) ON DELETE CASCADE
);
CREATE INDEX proofs_by_account ON public.proofs USING btree (account_id);
CREATE INDEX proofs_by_age ON public.proofs USING btree (judged_at);
alter table proofs enable row level security;
create policy own on proofs as permissive for all to sallyport_customer using ((account_id IN ( SELECT accounts.id
   FROM accounts)));

create table provider_accounts (
  id text not null,
  name text not null,
  account_id text not null,
  role_arn text,
  external_id text,
  regions text[] not null,
  hosted_zones jsonb default '[]'::jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  notification_queue_arns text[] default '{}'::text[] not null,
  constraint provider_accounts_pkey PRIMARY KEY (id),
  constraint provider_accounts_account_id_key UNIQUE (account_id),
  constraint provider_accounts_account_id_check CHECK (account_id ~ '^[0-9]{12}$'::text)
);

create table rate_usage (
  bucket text not null,
  whole_at timestamptz not null,
  constraint rate_usage_pkey PRIMARY KEY (bucket)
);
CREATE INDEX rate_usage_by_age ON public.rate_usage USING btree (whole_at);

create table released_accounts (
  id text not null,
  released_at timestamptz not null,
  constraint released_accounts_pkey PRIMARY KEY (id),
  constraint released_accounts_id_fkey FOREIGN KEY (id) REFERENCES accounts(id) ON DELETE CASCADE
);

create table runs (
  id text not null,
  target_kind text not null,
  target_key text not null,
  ended_at timestamptz not null,
  report jsonb not null,
  constraint runs_pkey PRIMARY KEY (id)
);
CREATE INDEX runs_by_age ON public.runs USING btree (ended_at);
CREATE INDEX runs_by_kind ON public.runs USING btree (target_kind, id);
CREATE INDEX runs_by_target ON public.runs USING btree (target_key, id);

create table schema_migrations (
  name text not null,
  checksum text not null,
  applied_at timestamptz default now() not null,
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table spent_tokens (
  issuer text not null,
  token_id text not null,
  expires_at timestamptz not null,
  constraint spent_tokens_pkey PRIMARY KEY (issuer, token_id)
);
CREATE INDEX spent_tokens_by_age ON public.spent_tokens USING btree (expires_at);

create table targets (
  kind text not null,
  key text not null,
  due_at timestamptz not null,
  wanted integer default 1 not null,
  done integer default 0 not null,
  lease_owner text,
  lease_until timestamptz,
  fence bigint default 0 not null,
  failures integer default 0 not null,
  report jsonb,
  hints bigint default 0 not null,
  hints_done bigint default 0 not null,
  caused_by text[] default '{}'::text[] not null,
  changed_under bigint,
  constraint targets_pkey PRIMARY KEY (kind, key)
);
CREATE INDEX targets_due ON public.targets USING btree (due_at);
CREATE INDEX targets_in_order ON public.targets USING btree ((((kind || '/'::text) || key)));
CREATE INDEX targets_undone ON public.targets USING btree (kind, key) WHERE (wanted > done);

create table token_issuers (
  issuer text not null,
  partition text not null,
  account_id text not null,
  pinned_at timestamptz not null,
  constraint token_issuers_pkey PRIMARY KEY (issuer),
  constraint token_issuers_partition_account_id_key UNIQUE (partition, account_id)
);

create table webhooks (
  id text not null,
  owner text not null,
  customer_id text,
  target_url text not null,
  description text not null,
  event_types text[] default '{}'::text[] not null,
  secrets jsonb not null,
  disabled_since timestamptz,
  disabled_reason text,
  failing_since timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint webhooks_pkey PRIMARY KEY (id),
  constraint webhooks_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint webhooks_check CHECK (owner = 'vendor'::text OR customer_id IS NOT NULL),
  constraint webhooks_owner_check CHECK (owner = ANY (ARRAY['vendor'::text, 'customer'::text]))
);
CREATE INDEX webhooks_by_owner ON public.webhooks USING btree (owner, id);
CREATE INDEX webhooks_in_order ON public.webhooks USING btree (customer_id, id);
alter table webhooks enable row level security;
create policy own on webhooks as permissive for all to sallyport_customer using (((owner = 'customer'::text) AND (customer_id = ( SELECT current_setting('sallyport.customer'::text, true) AS current_setting)) AND ( SELECT (COALESCE(current_setting('sallyport.services'::text, true), ''::text) = ''::text))));

create table withdrawn_accepts (
  connection_id text not null,
  withdrawn_at timestamptz not null,
  constraint withdrawn_accepts_pkey PRIMARY KEY (connection_id),
  constraint withdrawn_accepts_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE
);

create view wanted_principals as
 SELECT g.endpoint_service_id,
    (((('arn:'::text || a.partition) || ':iam::'::text) || a.account_id) || ':'::text) || names.name AS arn,
    array_agg(DISTINCT g.id) AS grant_ids,
    bool_or(a.standing <> 'lapsed'::text AND c.state = 'active'::text) AS admits,
    g.customer_id,
    a.account_id
   FROM grants g
     JOIN endpoint_services s ON s.id = g.endpoint_service_id AND s.retiring_since IS NULL
     JOIN customers c ON c.id = g.customer_id AND (c.state = 'active'::text OR c.state = 'suspended'::text AND c.suspension_policy = 'keep'::text)
     JOIN accounts a ON a.customer_id = g.customer_id AND (a.standing = ANY (ARRAY['proven'::text, 'attested'::text, 'imported'::text, 'lapsed'::text])) AND (g.account_ids = '{}'::text[] OR (a.account_id = ANY (g.account_ids)))
     CROSS JOIN LATERAL ( SELECT 'root'::text AS name
          WHERE g.role_names = '{}'::text[]
        UNION ALL
         SELECT 'role/'::text || role.role
           FROM unnest(g.role_names) role(role)) names
  WHERE g.expired_at IS NULL
  GROUP BY g.endpoint_service_id, ((((('arn:'::text || a.partition) || ':iam::'::text) || a.account_id) || ':'::text) || names.name), g.customer_id, a.account_id;
