-- What the vendor's people tell each other about a connection. No role of customers may read it.
CREATE TABLE notes (
  id text PRIMARY KEY,
  connection_id text NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  text text NOT NULL,
  author text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX notes_in_order ON notes (connection_id, id);
