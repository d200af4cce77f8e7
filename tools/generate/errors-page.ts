// docs/errors.md, from the catalogue of errors: what each code means and what to do about it.

import { type ErrorEntry, errorCatalogue } from '../../packages/api/src/domain/errors.ts';
import type { Generator } from './generation.ts';

export const generator: Generator = {
  name: 'errors page',
  outputs: async () => new Map([['docs/errors.md', errorsPage(errorCatalogue)]]),
};

const turns = {
  caller: 'you, who sent the request',
  customer: 'the customer',
  vendor: 'the vendor who runs this deployment',
  aws: 'AWS',
} satisfies Record<ErrorEntry['remediation']['actor'], string>;

/** The page, with the codes by status and then by name. */
export function errorsPage(catalogue: Readonly<Record<string, ErrorEntry>>): string {
  const entries = Object.entries(catalogue).sort(
    ([codeA, a], [codeB, b]) => a.status - b.status || (codeA < codeB ? -1 : 1),
  );
  const rows = entries.map(
    ([code, { status, title }]) => `| ${status} | [\`${code}\`](#${code}) | ${title} |`,
  );
  const sections = entries.map(([code, entry]) => section(code, entry));
  return `${[head, table(rows), ...sections].join('\n\n')}\n`;
}

const head = `<!-- Written by \`pnpm generate\` from packages/api/src/domain/errors.ts. -->
# Errors

A request that fails is answered with \`application/problem+json\` (RFC 9457). Its \`code\` is one
of those below and keeps its meaning; \`detail\` says what is wrong with this very request,
\`remediation\` says whose turn it is and what helps, and \`request_id\` finds the request in the
log.`;

function table(rows: readonly string[]): string {
  return ['| status | code | meaning |', '|---|---|---|', ...rows].join('\n');
}

function section(
  code: string,
  { status, title, cause, remediation, noCommand }: ErrorEntry,
): string {
  const { actor, action, command } = remediation;
  const lines = [
    `## ${code}`,
    `**${status}** · ${title}`,
    `*Cause.* ${cause}`,
    `*What to do.* ${action} The turn is with ${turns[actor]}.`,
  ];
  if (command === null) lines.push(`There is no command for it: ${noCommand}`);
  else lines.push(['```sh', command, '```'].join('\n'));
  return lines.join('\n\n');
}
