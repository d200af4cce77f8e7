-- What a customer asks for is found by its id, however much there is of others.
CREATE INDEX operations_by_customer ON operations (customer_id, id);
CREATE INDEX audit_entries_by_customer ON audit_entries (customer_id, id);

-- An account that is given up takes these with it.
CREATE INDEX challenges_by_account ON challenges (account_id);
CREATE INDEX proofs_by_account ON proofs (account_id);

-- As before, but grouped by customer, so that a customer's own entries are computed alone. An account
-- has one owner, so no entry has two.
CREATE OR REPLACE VIEW wanted_principals AS
SELECT g.endpoint_service_id,
       'arn:' || a.partition || ':iam::' || a.account_id || ':' || names.name AS arn,
       array_agg(DISTINCT g.id) AS grant_ids,
       bool_or(a.standing <> 'lapsed') AS admits,
       g.customer_id
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
GROUP BY 1, 2, g.customer_id;
