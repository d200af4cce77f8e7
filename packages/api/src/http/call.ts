// What a controller gets of a request besides its parameters.

import type { Context } from '../usecases/context.ts';
import type { PageRequest } from '../domain/page.ts';

export interface Call {
  context: Context;
  /** `limit` and `cursor` of a list. */
  page: PageRequest;
  /** To be called by a PUT that has made what was not there: the answer is a 201 then. */
  made?: () => void;
}

/** What was declared, and whether it is new. */
export function declared<Resource>(
  { made }: Call,
  answer: { resource: Resource; made: boolean },
): Resource {
  if (answer.made) made?.();
  return answer.resource;
}
