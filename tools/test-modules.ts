// What Node needs to run the sources in tests as they are: it strips types by itself, and does not
// know decorators. Those of the controllers do nothing at run time, so here they are blanks, which
// leaves every line and column where it was.

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'rolldown/utils';

const decorated = /\/api\/src\/http\/controllers\/[^/]*\.ts$/;

registerHooks({
  load: (url, context, nextLoad) => {
    if (!decorated.test(url)) return nextLoad(url, context);
    const source = withoutDecorators(fileURLToPath(url));
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});

function withoutDecorators(file: string): string {
  const source = readFileSync(file, 'utf8');
  let text = source;
  const visitor = new Visitor({
    Decorator: ({ start, end }) => {
      text = text.slice(0, start) + text.slice(start, end).replaceAll(/\S/g, ' ') + text.slice(end);
    },
  });
  visitor.visit(parseSync(file, source).program);
  return text;
}
