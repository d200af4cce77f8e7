// Notes about connections, which the vendor's people write for each other.

import {
  Body,
  Delete,
  Extension,
  Get,
  OperationId,
  Path,
  Post,
  Request,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '../decorators.ts';
import * as notes from '../../usecases/notes.ts';
import type { Call } from '../call.ts';
import type { ConnectionKey, NoteKey } from '../wire/keys.ts';
import { fromWire, toWire } from '../wire/names.ts';
import type { Note, NoteCreate } from '../wire/note.ts';
import type { Page } from '../wire/page.ts';

@Route('v1/connections')
@Tags('connections')
export class NotesController {
  /**
   * Write a note about a connection, for the vendor's people. Customers never see it.
   */
  @Post('{id}/notes')
  @OperationId('createNote')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-scope', 'notes:write')
  @Extension('x-sdk', 'connections.notes.create')
  @SuccessResponse(201, 'Created')
  async create(
    @Request() call: Call,
    @Path() id: ConnectionKey,
    @Body() body: NoteCreate,
  ): Promise<Note> {
    return toWire(await notes.create(call.context, id, fromWire(body).text));
  }

  /**
   * List the notes about a connection, the newest first.
   */
  @Get('{id}/notes')
  @OperationId('listNotes')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-scope', 'notes:read')
  @Extension('x-sdk', 'connections.notes.list')
  @Extension('x-pagination', true)
  async list(@Request() call: Call, @Path() id: ConnectionKey): Promise<Page<Note>> {
    return toWire(await notes.list(call.context, id, call.page));
  }

  /**
   * Delete a note. What it said stays in the audit log.
   */
  @Delete('{id}/notes/{note_id}')
  @OperationId('deleteNote')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-scope', 'notes:write')
  @Extension('x-sdk', 'connections.notes.delete')
  @SuccessResponse(204, 'Done')
  async delete(
    @Request() call: Call,
    @Path() id: ConnectionKey,
    @Path() note_id: NoteKey,
  ): Promise<void> {
    await notes.remove(call.context, id, note_id);
  }
}
