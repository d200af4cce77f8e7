// The trace that a request is part of (W3C Trace Context): its id is kept in the log, and answered
// with an id of our own part, so that the caller finds both.

import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface TraceContext {
  traceId: string;
  /** The caller's part of it. */
  parentId: string;
  /** Ours. */
  spanId: string;
  flags: string;
}

/** Versions to come may say more after the flags; `ff` is none. */
const wellFormed = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;

/**
 * Null without a `traceparent` that the specification allows: then there is no trace.
 * @param requestId what the id of our part is made from
 */
export function traceOf(traceparent: unknown, requestId: string): TraceContext | null {
  const match = typeof traceparent === 'string' ? wellFormed.exec(traceparent) : null;
  if (!match) return null;
  const [text, traceId, parentId, flags, rest] = match;
  if (/^0+$/.test(traceId!) || /^0+$/.test(parentId!)) return null;
  if (rest !== undefined && text.startsWith('00')) return null;
  const own = createHash('sha256').update(`${parentId} ${requestId}`).digest('hex');
  return { traceId: traceId!, parentId: parentId!, spanId: own.slice(0, 16), flags: flags! };
}

/** Answers with `traceresponse` (W3C Trace Context, level 2), and logs under the trace. */
export function joinTrace(request: FastifyRequest, reply: FastifyReply): void {
  const trace = traceOf(request.headers['traceparent'], request.id);
  if (trace === null) return;
  const { traceId, parentId, spanId, flags } = trace;
  reply.header('traceresponse', `00-${traceId}-${spanId}-${flags}`);
  request.traceId = traceId;
  request.log = request.log.child({ trace_id: traceId, parent_id: parentId, span_id: spanId });
}
