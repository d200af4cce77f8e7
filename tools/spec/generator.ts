// Controllers in, contract out: openapi.json, and the table that binds operations to controllers.

import { fileURLToPath } from 'node:url';
import { bindingsText } from './bindings.ts';
import { normalise } from './normalise.ts';
import { readControllers, writeSpec } from './tsoa.ts';

const controllers = fileURLToPath(
  new URL('../../packages/api/src/http/controllers/*.controller.ts', import.meta.url),
);

export const generator = {
  name: 'spec',
  async outputs(): Promise<Map<string, string>> {
    const metadata = readControllers(controllers);
    const spec = await normalise(writeSpec(metadata));
    return new Map([
      ['openapi.json', `${JSON.stringify(spec, null, 2)}\n`],
      ['packages/api/src/http/generated/bindings.ts', bindingsText(metadata.controllers)],
    ]);
  },
};
