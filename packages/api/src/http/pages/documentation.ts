// The contract as a file, and as pages to read. Everything comes from this service, and no CDN.

import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { errorPagesPath } from '../problem.ts';
import type { Spec } from '../spec.ts';

/** Serves `/openapi.json`: the document as it is in the package, but for white space. */
export function serveContract(app: FastifyInstance, spec: Spec): void {
  const text = JSON.stringify(spec);
  app.get('/openapi.json', (_, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(text),
  );
}

/** Serves `/docs`, where `/` leads, with a link to the error pages and to each operation. */
export function serveDocs(app: FastifyInstance, spec: Spec): void {
  const externalDocs = {
    url: errorPagesPath,
    description: 'Every error: its cause and its remedy',
  };
  const tags = storyOrder.map((name) => ({ name }));
  const document = { ...spec, tags, externalDocs };
  // The plugin's types know OpenAPI's members one by one; our document is checked elsewhere.
  app.register(swagger, { mode: 'static', specification: { document: document as never } });
  app.get('/', (_, reply) => reply.redirect('/docs'));
  app.register(async (pages) => {
    pages.addHook('onSend', async (_, __, payload) => forPhones(payload));
    await pages.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: contentSecurityPolicy,
      uiConfig,
      theme: { title: 'Sallyport API', css: [{ filename: 'phones.css', content: phoneStyle }] },
    });
  });
}

/** Without the bar on top: that is for other documents, and has a style that the policy forbids. */
const uiConfig = {
  layout: 'BaseLayout',
  docExpansion: 'list',
  deepLinking: true,
  persistAuthorization: false,
} as const;

/** The contract has no links between operations, and their empty column is wider than a phone. */
const phoneStyle =
  '@media (max-width: 640px) { .swagger-ui .response-col_links { display: none } }';

/** The plugin's page does not say that it may be as narrow as the screen. */
function forPhones(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  const width = '<meta name="viewport" content="width=device-width, initial-scale=1">';
  return payload.replace('<head>', `<head>${width}`);
}

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
