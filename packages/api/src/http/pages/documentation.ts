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

/** Serves `/docs`, with a link to the error pages. */
export function serveDocs(app: FastifyInstance, spec: Spec): void {
  const externalDocs = {
    url: errorPagesPath,
    description: 'Every error: its cause and its remedy',
  };
  const document = { ...spec, externalDocs };
  // The plugin's types know OpenAPI's members one by one; our document is checked elsewhere.
  app.register(swagger, { mode: 'static', specification: { document: document as never } });
  app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: contentSecurityPolicy,
    uiConfig: { docExpansion: 'list', persistAuthorization: false },
  });
}

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
