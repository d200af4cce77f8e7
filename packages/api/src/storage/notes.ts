// Notes about connections.

import type { Note } from '../domain/note.ts';
import type { PageRequest } from '../domain/page.ts';
import type { Queryable } from './postgres/database.ts';
import { insertRow, listRows, takenRow } from './statements.ts';

const select = 'SELECT t.id, t.connection_id, t.text, t.author, t.created_at FROM notes t';

export function insert(db: Queryable, note: Note): Promise<void> {
  return insertRow(db, 'notes', note);
}

export function list(db: Queryable, connectionId: string, page: PageRequest): Promise<Note[]> {
  return listRows(db, { select, by: [['t.connection_id', connectionId]], page, newestFirst: true });
}

/** Removes the note and gives what it was; null when the connection has none of this id. */
export function remove(db: Queryable, id: string, connectionId: string): Promise<Note | null> {
  return takenRow(
    db,
    `DELETE FROM notes t WHERE t.id = $1 AND t.connection_id = $2
     RETURNING t.id, t.connection_id, t.text, t.author, t.created_at`,
    [id, connectionId],
  );
}
