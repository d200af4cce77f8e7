// Guards that ask who is calling, and whether that may: each taken out by itself.

import { ledger, type CallerName } from '../../packages/api/test/http/matrix/ledger.ts';
import type { Mutation } from './mutation.ts';

const keys = 'domain/api-key.ts';
const storedKeys = 'storage/api-keys.ts';
const authentication = 'http/authentication.ts';
const contract = 'http/public-contract.ts';
const form = 'return pattern.test(text) && hasChecksum(text);';

export const callerMutations: Mutation[] = [
  {
    without: 'asking for a key',
    edits: [
      {
        file: authentication,
        text: "throw refuse('unauthenticated', 'The request has no Authorization header.');",
        by: "return { id: 'anyone', role: 'operator', customerId: null };",
      },
    ],
    seenBy: 'matrix',
    named: cellsOf('no key', '401'),
  },
  {
    without: 'asking whether a key was revoked',
    edits: [{ file: storedKeys, text: 't.revoked_at IS NULL AND c.state', by: 'c.state' }],
    seenBy: 'matrix',
    named: cellsOf('revoked', '401'),
  },
  {
    without: 'asking whether a key has expired',
    edits: [
      {
        file: storedKeys,
        text: 'AND (t.expires_at IS NULL OR t.expires_at > $2)`,\n    [hashes, now],',
        by: 'AND $2::timestamptz IS NOT NULL`,\n    [hashes, now],',
      },
    ],
    seenBy: 'matrix',
    named: cellsOf('expired', '401'),
  },
  {
    without: 'the checksum of keys',
    edits: [{ file: keys, text: form, by: 'return pattern.test(text);' }],
    seenBy: 'matrix',
    named: ['acceptConnection, malformed, own', 'adoptPrincipal, malformed, own'],
  },
  {
    without: 'the form of keys',
    edits: [{ file: keys, text: form, by: 'return hasChecksum(text);' }],
    seenBy: 'matrix',
    named: ['attestAccounts, malformed, own'],
  },
  {
    without: 'asking which roles may',
    edits: [{ file: authentication, text: 'if (!allowed.has(caller.role)) {', by: 'if (false) {' }],
    seenBy: 'matrix',
    named: (['other', 'customer', 'support'] as const).flatMap((role) => cellsOf(role, '403')),
  },
  {
    without: 'asking which scopes a key has',
    edits: [{ file: authentication, text: 'if (hasScope(caller, scope)) return;', by: 'return;' }],
    seenBy: 'matrix',
    named: ledger
      .filter(({ scope }) => scope !== null)
      .map(({ operationId }) => `${operationId}, all scopes but its own`),
  },
  {
    without: 'keeping staff off the listener for customers',
    edits: [
      {
        file: contract,
        text: "return roles && roles.length > 0 ? { ...operation, 'x-roles': roles } : null;",
        by: 'return roles ? operation : null;',
      },
    ],
    seenBy: 'matrix',
    named: ledger
      .filter(({ listener }) => !listener.operator.startsWith('2'))
      .filter(({ operationId }) => operationId !== 'getSignIn')
      .map(({ operationId }) => `${operationId}, listener, operator`),
  },
  {
    without: 'keeping what is for staff, and needs no key, off the listener for customers',
    edits: [{ file: contract, text: "if (operation['x-staff'] === true) return null;", by: '' }],
    seenBy: 'matrix',
    named: ['getSignIn, listener, operator'],
  },
];

/** A key that ends while a request of it is open. */
export const meanwhileMutations: Mutation[] = (
  [
    [
      'once the body is there',
      authentication,
      'if (request.endsLater) await admit(request);',
      'PUT',
    ],
    ['after a wait', 'http/long-poll.ts', 'await waiting.again();', 'when a read has waited'],
    [
      'between lines',
      'http/handlers.ts',
      'if (count % linesOfALook === 0) await again();',
      'when an export is read slowly',
    ],
  ] as const
).map(([when, file, text, name]) => ({
  without: `looking at a key again ${when}`,
  edits: [{ file, text, by: '' }],
  seenBy: 'meanwhile',
  named: [name],
}));

function cellsOf(caller: CallerName, word: string): string[] {
  return ledger.flatMap(({ operationId, outcomes }) =>
    Object.entries(outcomes[caller])
      .filter(([, said]) => said === word)
      .map(([side]) => `${operationId}, ${caller}, ${side}`),
  );
}
