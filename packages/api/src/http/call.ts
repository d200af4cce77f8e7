// What a controller gets of a request besides its parameters.

import type { Context } from '../usecases/context.ts';
import type { PageRequest } from '../domain/page.ts';

export interface Call {
  context: Context;
  /** `limit` and `cursor` of a list. */
  page: PageRequest;
}
