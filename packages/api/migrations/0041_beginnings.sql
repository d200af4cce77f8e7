-- The latest moment of an event and all before it. Places follow commits and not moments, so by this
-- the first event since a moment is found without reading those before it. The trigger is what an
-- older process needs as well, and it sees what others have placed up to now: its statements do, the
-- one that places events, which waits for its turn, does not.
ALTER TABLE events ADD COLUMN latest_at timestamptz;
UPDATE events e SET latest_at = r.latest_at
FROM (SELECT position, max(at) OVER (ORDER BY position) AS latest_at FROM events) r
WHERE r.position = e.position;
ALTER TABLE events ALTER COLUMN latest_at SET NOT NULL;
CREATE INDEX events_by_latest ON events (latest_at, position);

CREATE FUNCTION keep_latest_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.latest_at := greatest(NEW.at,
    (SELECT latest_at FROM events ORDER BY position DESC LIMIT 1));
  RETURN NEW;
END $$;
CREATE TRIGGER events_keep_latest BEFORE INSERT ON events
  FOR EACH ROW EXECUTE FUNCTION keep_latest_event();

-- Entries of ours that AWS showed, and that nobody wanted, when their allowlist was last read. Which
-- of the others nobody wants any more is told by the allowlists whose wishes have changed since:
-- until they are read anew, all of their entries are looked at.
ALTER TABLE principals ADD COLUMN unwanted boolean NOT NULL DEFAULT false;
CREATE INDEX principals_unwanted ON principals (id) WHERE unwanted;
CREATE INDEX targets_undone ON targets (kind, key) WHERE wanted > done;
UPDATE targets SET wanted = wanted + 1 WHERE kind = 'principals';
