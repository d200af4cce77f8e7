import type { ConnectionId, NoteId } from './ids.ts';
import type { CreatedAt } from './text.ts';

/** What one of the vendor's people has written about a connection, for the others. */
export interface Note {
  /** The id of the note: `note_` and 26 characters. */
  id: NoteId;
  /** The connection it is about. */
  connection_id: ConnectionId;
  text: NoteText;
  /** Who wrote it: the id of a key, or a person as the sign-in names them (`oidc:…`). */
  author: string;
  created_at: CreatedAt;
}

/** A note to be written. */
export interface NoteCreate {
  text: NoteText;
}

/**
 * As it was written. It may have several lines.
 * @minLength 1
 * @maxLength 4000
 */
export type NoteText = string;
