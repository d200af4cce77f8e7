// The page behind the `type` of every problem document: the catalogue, for people.

import type { FastifyInstance } from 'fastify';
import { errorCatalogue, refuse } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { errorPagesPath } from '../problem.ts';

/** Serves `/errors` and `/errors/{code}`, made once. */
export function serveErrorPages(app: FastifyInstance): void {
  const codes = Object.keys(errorCatalogue) as ErrorCode[];
  const index = page('Errors', `<ul>${codes.sort().map(indexLine).join('')}</ul>`);
  const pages = new Map(codes.map((code) => [code as string, page(code, description(code))]));
  app.get(errorPagesPath, (_, reply) => reply.type('text/html; charset=utf-8').send(index));
  app.get<{ Params: { code: string } }>(`${errorPagesPath}/:code`, (request, reply) => {
    const found = pages.get(request.params.code);
    if (!found) {
      throw refuse('route_not_found', `No error has this code; ${errorPagesPath} has them all.`);
    }
    return reply.type('text/html; charset=utf-8').send(found);
  });
}

function indexLine(code: ErrorCode): string {
  const { status, title } = errorCatalogue[code];
  return `<li><a href="${errorPagesPath}/${code}">${code}</a> (${status}): ${html(title)}</li>`;
}

function description(code: ErrorCode): string {
  const { status, title, cause, remediation, noCommand } = errorCatalogue[code];
  const { actor, action, command } = remediation;
  return [
    `<p><strong>${html(title)}</strong> (status ${status})</p>`,
    `<h2>Cause</h2><p>${html(cause)}</p>`,
    `<h2>What to do</h2><p>${html(action)}</p>`,
    command === null
      ? `<p>There is no command for it: ${html(noCommand!)}</p>`
      : `<pre>${html(command)}</pre>`,
    `<p>Whose turn it is: ${actor}.</p>`,
    `<p><a href="${errorPagesPath}">All errors</a></p>`,
  ].join('\n');
}

function page(title: string, body: string): string {
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>`,
    `<body><h1>${title}</h1>`,
    body,
    '</body></html>',
    '',
  ].join('\n');
}

/** Escapes, and shows what the catalogue has in backticks as code. */
function html(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
