// The traces of callers: heeded when they are well formed, and never in the way.

import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { traceOf } from '../../src/http/trace-context.ts';
import { as, startFixture } from './fixture-server.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';

describe('a traceparent', () => {
  it.each([
    ['as the specification has it', `00-${traceId}-${parentId}-01`, true],
    ['of a version to come', `01-${traceId}-${parentId}-01-more`, true],
    ['in upper case', `00-${traceId.toUpperCase()}-${parentId}-01`, false],
    ['of a version that is none', `ff-${traceId}-${parentId}-01`, false],
    ['of no trace', `00-${'0'.repeat(32)}-${parentId}-01`, false],
    ['of no parent', `00-${traceId}-${'0'.repeat(16)}-01`, false],
    ['with more than version 00 has', `00-${traceId}-${parentId}-01-more`, false],
    ['that is something else', 'x', false],
  ])('when it is %s, it counts or does not', (_, text, counts) => {
    expect(traceOf(text, 'req_1') !== null).toBe(counts);
  });

  it('when it comes with a request, the log and the answer have the trace', async () => {
    const { app, logs } = await startFixture();
    const sent = { ...as('operator'), traceparent: `00-${traceId}-${parentId}-01` };
    const { headers } = await request(app.server).get('/v1/things').set(sent);
    const [, spanId] = new RegExp(`^00-${traceId}-([0-9a-f]{16})-01$`).exec(
      String(headers['traceresponse']),
    )!;
    expect(spanId).not.toBe(parentId);
    expect(logs.at(-1)).toMatchObject({
      message: 'request',
      trace_id: traceId,
      parent_id: parentId,
      span_id: spanId,
    });
  });

  it('when it is none, nothing is logged or answered of it', async () => {
    const { app, logs } = await startFixture();
    const sent = { ...as('operator'), traceparent: 'canary' };
    const answer = await request(app.server).get('/v1/things').set(sent).expect(200);
    expect(answer.headers['traceresponse']).toBeUndefined();
    expect(JSON.stringify(logs)).not.toContain('canary');
  });
});
