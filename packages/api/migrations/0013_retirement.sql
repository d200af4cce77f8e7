-- An endpoint service that is deleted in AWS once nobody uses it any more.
ALTER TABLE endpoint_services
  ADD COLUMN retiring_since timestamptz,
  ADD COLUMN retire_reason text,
  ADD COLUMN retired_at timestamptz;

-- Nothing is wanted on a service that retires.
CREATE OR REPLACE VIEW wanted_principals AS
SELECT g.endpoint_service_id,
  'arn:' || a.partition || ':iam::' || a.account_id || ':' || names.name AS arn,
  array_agg(DISTINCT g.id) AS grant_ids,
  bool_or(a.standing <> 'lapsed' AND c.state = 'active') AS admits,
  g.customer_id
FROM grants g
JOIN endpoint_services s ON s.id = g.endpoint_service_id AND s.retiring_since IS NULL
JOIN customers c ON c.id = g.customer_id
  AND (c.state = 'active' OR (c.state = 'suspended' AND c.suspension_policy = 'keep'))
JOIN accounts a ON a.customer_id = g.customer_id
  AND a.standing IN ('proven', 'attested', 'imported', 'lapsed')
  AND (g.account_ids = '{}' OR a.account_id = ANY (g.account_ids))
CROSS JOIN LATERAL (
  SELECT 'root' AS name WHERE g.role_names = '{}'
  UNION ALL SELECT 'role/' || role FROM unnest(g.role_names) AS role
) AS names
GROUP BY g.endpoint_service_id, 2, g.customer_id;
