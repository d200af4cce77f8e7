import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
let path: string;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
  path = `/v1/connections/${world.acme.connection.id}/notes`;
});
afterAll(() => api.close());

const write = (text: string, to = path) => api.request('support').post(to).send({ text });

describe('notes', () => {
  it('when support writes one, the next of them reads it first', async () => {
    const { id, vpcEndpointId } = world.globex.connection;
    const byEndpoint = `/v1/connections/${vpcEndpointId}/notes`;
    await write('They have been called.', `/v1/connections/${id}/notes`).expect(201);
    const text = 'Their resolver is in the hub.\nSee OPS-1234.';
    const { body } = await write(text, byEndpoint).expect(201);
    const read = await api.request('operator').get(byEndpoint).expect(200);
    const texts = read.body.items.map((note: { text: string }) => note.text);
    expect(texts).toEqual([text, 'They have been called.']);
    expect(read.body.items[0]).toEqual(body);
    expect(body).toMatchObject({ connection_id: id });
    expect(body.author).toMatch(/^key_/);
  });

  it('when the customer looks, nothing of them is seen anywhere', async () => {
    await write('A canary among the notes.').expect(201);
    await api.request('customer').get(path).expect(403);
    for (const list of ['events', 'connections', 'operations']) {
      const { text } = await api.request('customer').get(`/v1/${list}?limit=200`).expect(200);
      expect(text).not.toContain('note');
      expect(text).not.toContain('canary');
    }
  });

  it('when one is deleted, it is gone, and what it said is in the audit log', async () => {
    const { body } = await write('Wrong customer.').expect(201);
    await api.request('support').delete(`${path}/${body.id}`).expect(204);
    await api.request('support').delete(`${path}/${body.id}`).expect(204);
    const { text } = await api.request('support').get(path).expect(200);
    expect(text).not.toContain(body.id);
    const log = await api.request('support').get(`/v1/audit-entries?subject_id=${body.id}`);
    const actions = log.body.items.map((entry: { action: string }) => entry.action);
    expect(actions.toSorted()).toEqual(['createNote', 'deleteNote']);
    expect(log.text).toContain('Wrong customer.');
  });

  it('when the note is of another connection, it stays there', async () => {
    const { body } = await write('To stay.').expect(201);
    const other = `/v1/connections/${world.globex.connection.id}/notes/${body.id}`;
    await api.request('support').delete(other).expect(404);
    const { text } = await api.request('support').get(path).expect(200);
    expect(text).toContain(body.id);
  });

  it('when the id is no id of a note, it says what it is', async () => {
    const { id } = world.acme.connection;
    const refusal = await api.request('support').delete(`${path}/${id}`).expect(400);
    expect(refusal.body).toMatchObject({ code: 'wrong_id_kind' });
    await api.request('support').delete(`${path}/nothing`).expect(404);
  });

  it('when there is no text, too much, or the connection is unknown, it is refused', async () => {
    await write('').expect(400);
    await write('x'.repeat(4_001)).expect(400);
    const unknown = path.replace(world.acme.connection.id, 'vpce-0ffffffffffffffff');
    await api.request('support').post(unknown).send({ text: 'Hello' }).expect(404);
  });
});
