-- Every list, by each of its filters, is found in its order, however many rows there are. Those of a
-- customer or a service end with the id, by which pages go on.
CREATE INDEX accounts_by_customer ON accounts (customer_id, id);
CREATE INDEX accounts_by_standing ON accounts (standing, id);
CREATE INDEX accounts_by_change ON accounts (updated_at);
CREATE INDEX customers_by_state ON customers (state, id);
CREATE INDEX customers_by_change ON customers (updated_at);
CREATE INDEX connections_by_state ON connections (state, id);
CREATE INDEX connections_in_order ON connections (endpoint_service_id, id);
CREATE INDEX connections_of_owner ON connections (owner_account_id, id);
DROP INDEX connections_by_owner;
CREATE INDEX grants_in_order ON grants (endpoint_service_id, id);
DROP INDEX grants_by_service;
CREATE INDEX grants_by_customer ON grants (customer_id, id);
CREATE INDEX grants_by_change ON grants (updated_at);
CREATE INDEX operations_by_state ON operations (state, id);
CREATE INDEX operations_by_change ON operations (updated_at);
CREATE INDEX effects_by_outcome ON effects ((coalesce(outcome, 'open')), id);
CREATE INDEX runs_by_kind ON runs (target_kind, id);
CREATE INDEX targets_in_order ON targets ((kind || '/' || key));
CREATE INDEX invites_in_order ON invites (customer_id, id);
DROP INDEX invites_by_customer;
CREATE INDEX webhooks_by_owner ON webhooks (owner, id);
CREATE INDEX endpoint_services_by_name ON endpoint_services (service_name);
CREATE INDEX webhooks_in_order ON webhooks (customer_id, id);
DROP INDEX webhooks_by_customer;
CREATE INDEX deliveries_by_state ON deliveries (webhook_id, state, id);
CREATE INDEX principals_in_order ON principals (endpoint_service_id, id);
CREATE INDEX principals_of_account ON principals ((split_part(arn, ':', 5)), id);
DROP INDEX principals_by_account;

-- Of an allowlist most entries are as they should be: these are the others.
CREATE INDEX principals_not_there ON principals (id) WHERE NOT observed;
CREATE INDEX principals_not_ours ON principals (id) WHERE observed AND NOT owned;

-- As before, and with the account, by which the wishes for one entry are found.
CREATE OR REPLACE VIEW wanted_principals WITH (security_invoker = true) AS
SELECT g.endpoint_service_id,
       'arn:' || a.partition || ':iam::' || a.account_id || ':' || names.name AS arn,
       array_agg(DISTINCT g.id) AS grant_ids,
       bool_or(a.standing <> 'lapsed' AND c.state = 'active') AS admits,
       g.customer_id,
       a.account_id
FROM grants g
JOIN endpoint_services s ON s.id = g.endpoint_service_id AND s.retiring_since IS NULL
JOIN customers c ON c.id = g.customer_id
  AND (c.state = 'active' OR (c.state = 'suspended' AND c.suspension_policy = 'keep'))
JOIN accounts a ON a.customer_id = g.customer_id
  AND a.standing IN ('proven', 'attested', 'imported', 'lapsed')
  AND (g.account_ids = '{}' OR a.account_id = ANY (g.account_ids))
CROSS JOIN LATERAL (
  SELECT 'root' AS name WHERE g.role_names = '{}'
  UNION ALL
  SELECT 'role/' || role FROM unnest(g.role_names) AS role
) AS names
WHERE g.expired_at IS NULL
GROUP BY 1, 2, g.customer_id, a.account_id;

-- As before, but what a customer may see is found by way of its accounts, and a row by its id: read
-- through all connections, or planned as if, lists of one customer got slower with those of others.
DROP POLICY own ON endpoint_services;
CREATE POLICY own ON endpoint_services TO sallyport_customer
  USING (id IN (SELECT endpoint_service_id FROM grants)
    OR id IN (SELECT n.endpoint_service_id
      FROM accounts a JOIN connections n ON n.owner_account_id = a.account_id));
DROP POLICY own ON connection_transitions;
CREATE POLICY own ON connection_transitions TO sallyport_customer
  USING ((SELECT true FROM connections n WHERE n.id = connection_transitions.connection_id));
DROP POLICY own ON events;
CREATE POLICY own ON events TO sallyport_customer
  USING (customer_id = (SELECT current_setting('sallyport.customer', true))
    AND ((SELECT coalesce(current_setting('sallyport.services', true), '') = '')
      OR (SELECT true FROM grants g WHERE g.id = events.subject_id)
      OR (SELECT true FROM connections n WHERE n.id = events.subject_id)
      OR (SELECT true FROM principals p WHERE p.id = events.subject_id)));
