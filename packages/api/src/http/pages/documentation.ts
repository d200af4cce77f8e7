// The contract as a file, and as pages to read. Everything comes from this service, and no CDN.

import swagger from '@fastify/swagger';
import swaggerUi, { type FastifySwaggerUiOptions } from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { errorPagesPath } from '../problem.ts';
import type { Spec, SpecOperation } from '../spec.ts';
import { operationSearch } from './reference-search.ts';
import { referenceStyle } from './reference-style.ts';

/**
 * Serves `/openapi.json`: the document as it is in the package, but for white space. Its bytes are
 * made once, as nobody is asked for a key: made for each request they cost as much as ten others.
 */
export function serveContract(app: FastifyInstance, spec: Spec): void {
  const bytes = Buffer.from(JSON.stringify(spec));
  app.get('/openapi.json', (_, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(bytes),
  );
}

/** Serves `/docs`, where `/` leads, with a link to the error pages and to each operation. */
export function serveDocs(app: FastifyInstance, spec: Spec): void {
  const externalDocs = {
    url: errorPagesPath,
    description: 'Every error: its cause and its remedy',
  };
  const tags = storyOrder.map((name) => ({ name }));
  const document = { ...spec, paths: withCallers(spec.paths), tags, externalDocs };
  // The plugin's types know OpenAPI's members one by one; our document is checked elsewhere.
  app.register(swagger, { mode: 'static', specification: { document: document as never } });
  app.get('/', (_, reply) => reply.redirect('/docs'));
  app.register(async (pages) => {
    pages.addHook('onSend', async (_, __, payload) => completed(payload));
    makeOnce(pages, ['/docs/json', '/docs/yaml']);
    await pages.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: contentSecurityPolicy,
      uiConfig,
      theme: {
        title: 'Sallyport API',
        css: [{ filename: 'page.css', content: referenceStyle }],
        js: [{ filename: 'dark.js', content: darkMode }],
      },
    });
  });
}

/** Has what these routes answer made for the first who asks, and the same given to all others. */
function makeOnce(pages: FastifyInstance, routes: string[]): void {
  const made = new Map<string, { type: string; bytes: Buffer }>();
  pages.addHook('onRequest', async ({ routeOptions }, reply) => {
    const answer = made.get(routeOptions.url!);
    return answer && reply.type(answer.type).send(answer.bytes);
  });
  pages.addHook('onSend', async ({ routeOptions: { url = '' } }, reply, payload) => {
    if (typeof payload !== 'string' || !routes.includes(url)) return payload;
    const bytes = Buffer.from(payload);
    made.set(url, { type: String(reply.getHeader('content-type')), bytes });
    return bytes;
  });
}

/** The page does not show extensions, and who may is the first thing to know of an operation. */
function withCallers(paths: Spec['paths']): Spec['paths'] {
  const told = (operation: SpecOperation & { description?: string }) => {
    const { description = '', 'x-roles': roles = [], 'x-scope': scope } = operation;
    const needed = scope === undefined ? '' : `, with the scope \`${scope}\``;
    return { ...operation, description: `${description}\n\n*For ${roles.join(', ')}${needed}.*` };
  };
  return mapValues(paths, (item) => mapValues(item, told));
}

function mapValues<Value>(
  object: Record<string, Value>,
  change: (value: Value) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

/** Without the bar on top: that is for other documents, and has a style that the policy forbids. */
const uiConfig = {
  layout: 'BaseLayout',
  docExpansion: 'list',
  deepLinking: true,
  persistAuthorization: false,
  filter: true,
  plugins: [operationSearch],
} satisfies FastifySwaggerUiOptions['uiConfig'];

/** Swagger UI has a dark style, but the switch for it is in the bar: the system's wish decides. */
const darkMode = `
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
`;

/** The plugin's page does not say that it may be narrow, and without a script it is empty. */
function completed(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  const width = '<meta name="viewport" content="width=device-width, initial-scale=1">';
  return payload
    .replace('<head>', `<head>${width}`)
    .replace('<body>', `<body><noscript>${withoutScript}</noscript>`);
}

const withoutScript =
  '<h1>Sallyport API</h1><p>This page is drawn by JavaScript, which is switched off here. ' +
  'The same is in <a href="/openapi.json">openapi.json</a>, and what each error means ' +
  `<a href="${errorPagesPath}">on pages of their own</a>.</p>`;

/** The order in which a vendor meets them. What is not named here comes after. */
const storyOrder = [
  'provider-accounts',
  'endpoint-services',
  'private-dns',
  'imports',
  'customers',
  'invites',
  'grants',
  'accounts',
  'principals',
  'setup',
  'connections',
  'observations',
  'operations',
  'events',
  'webhooks',
  'audit-entries',
  'api-keys',
  'reconcile-targets',
  'runs',
  'effects',
  'deployment',
];

/** Only its own files; `data:` for the icons inside its style sheet. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
