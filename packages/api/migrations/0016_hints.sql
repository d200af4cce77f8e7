-- Queues of the vendor with PrivateLink's notifications, and how often they asked a target to look.
ALTER TABLE provider_accounts ADD COLUMN notification_queue_arns text[] NOT NULL DEFAULT '{}';
ALTER TABLE targets
  ADD COLUMN hints bigint NOT NULL DEFAULT 0,
  ADD COLUMN hints_done bigint NOT NULL DEFAULT 0;
