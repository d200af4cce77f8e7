// Notes about connections: from the vendor's people to each other.

import type { Note } from '../domain/note.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import * as storage from '../storage/notes.ts';
import { audit } from './audit.ts';
import * as connections from './connections.ts';
import type { Context } from './context.ts';
import { once } from './deletions.ts';
import { existing } from './existing.ts';

export async function create(context: Context, key: string, text: string): Promise<Note> {
  const { id: connectionId } = await connections.get(context, key);
  const note: Note = {
    id: context.makeId('note'),
    connectionId,
    text,
    author: context.caller.id,
    createdAt: context.now,
  };
  await storage.insert(context.db, note);
  await audit(context, { action: 'createNote', subjectId: note.id, after: note });
  return note;
}

/** The newest first. */
export async function list(context: Context, key: string, page: PageRequest): Promise<Page<Note>> {
  const { id } = await connections.get(context, key);
  return toPage(await storage.list(context.db, id, page), page.limit);
}

/** @throws Refusal `not_found`, `wrong_id_kind` */
export async function remove(context: Context, key: string, id: string): Promise<void> {
  const connection = await connections.get(context, key);
  return once(context, { action: 'deleteNote', id }, async () => {
    const note = existing(await storage.remove(context.db, id, connection.id), 'note', id);
    await audit(context, { action: 'deleteNote', subjectId: id, before: note });
  });
}
