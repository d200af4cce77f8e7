-- The connections of a service that AWS does not show as it was decided: each service is looked at
-- for them once a minute, and nearly all of its connections are none.
CREATE INDEX connections_unsettled ON connections (endpoint_service_id, id)
WHERE state <> 'deleted'
  AND NOT (decision = 'accept' AND state = 'available')
  AND NOT (decision = 'reject' AND state = 'rejected');
