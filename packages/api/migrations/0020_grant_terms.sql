-- Terms of a grant: where endpoints may be, and until when it lets anybody in.
ALTER TABLE grants
  ADD COLUMN endpoint_regions text[] NOT NULL DEFAULT '{}',
  ADD COLUMN expires_at timestamptz,
  ADD COLUMN expired_at timestamptz;

-- A grant that has ended wants nothing on the allowlist any more.
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
WHERE g.expired_at IS NULL
GROUP BY g.endpoint_service_id, 2, g.customer_id;
