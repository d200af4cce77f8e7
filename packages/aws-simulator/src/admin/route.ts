// What the admin paths are made of. They are the simulator's own, under /_simulator/, unsigned and
// in JSON. AWS has nothing like them.

import { z } from 'zod';
import type { WireRequest } from '../protocols/wire.ts';
import type { Simulation } from '../simulation.ts';

export interface AdminContext {
  readonly simulation: Simulation;
  /** Begins again as it was started. */
  reset(): void;
}

export interface AdminRequest {
  readonly query: URLSearchParams;
  /** What stands in the path in place of `{name}`. */
  readonly name: string;
  /** The parsed JSON body, or undefined when there was none. */
  readonly body: unknown;
  /** As it came. */
  readonly request: WireRequest;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /_simulator/; `{name}` stands for one segment. */
  readonly path: string;
  /** One sentence for the list of paths. */
  readonly about: string;
  /** What the body may have, when no page of its own tells it. */
  readonly takes?: z.ZodObject;
  /** @returns what is answered as JSON. @throws AdminError */
  answer(context: AdminContext, request: AdminRequest): object | Promise<object>;
}

/** A request to the admin paths that cannot be done; the message says what to do instead. */
export class AdminError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'AdminError';
    this.status = status;
  }
}

/** @throws AdminError 400 that names every member that is wrong. */
export function readBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw new AdminError(400, z.prettifyError(read.error));
}
