-- How a customer stands aside or leaves: what becomes of its principals and live connections.
ALTER TABLE customers
  ADD COLUMN suspended_since timestamptz,
  ADD COLUMN suspension_policy text,
  ADD COLUMN suspension_reason text,
  ADD COLUMN offboarding_policy text,
  ADD COLUMN drain_until timestamptz;

UPDATE customers SET offboarding_policy = 'reject' WHERE state IN ('offboarding', 'offboarded');
UPDATE customers SET suspended_since = updated_at, suspension_policy = 'block'
WHERE state = 'suspended';

-- Accounts that a customer owned until it had left. A connection of one that nobody else owns is
-- rejected whenever it is seen.
CREATE TABLE released_accounts (
  id text PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  released_at timestamptz NOT NULL
);

INSERT INTO released_accounts (id, released_at)
SELECT a.id, max(e.at) FROM accounts a
JOIN customers c ON c.id = a.customer_id AND c.state = 'offboarded'
JOIN audit_entries e ON e.subject_id = a.id AND e.action = 'releaseAccount'
WHERE e.before->>'standing' IN ('proven', 'attested', 'imported', 'lapsed')
GROUP BY a.id;

-- Accepts that were on their way to AWS when what they rested on went. One that lands all the same
-- is reversed.
CREATE TABLE withdrawn_accepts (
  connection_id text PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
  withdrawn_at timestamptz NOT NULL
);

-- A suspension that takes nothing away keeps the entries that are there, and adds none.
CREATE OR REPLACE VIEW wanted_principals AS
SELECT g.endpoint_service_id,
  'arn:' || a.partition || ':iam::' || a.account_id || ':' || names.name AS arn,
  array_agg(DISTINCT g.id) AS grant_ids,
  bool_or(a.standing <> 'lapsed' AND c.state = 'active') AS admits,
  g.customer_id
FROM grants g
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
