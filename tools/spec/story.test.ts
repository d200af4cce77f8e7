// Whether the contract's examples tell one story: they are of their schemas, which `redocly lint`
// says, and also of what can be.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { OperationKind } from '../../packages/api/src/domain/operation.ts';
import { idKinds } from './example-values.ts';
import { story } from './story.ts';

type Members = Record<string, unknown>;

interface Media {
  examples?: Record<string, { $ref?: string; value?: unknown }>;
}
interface Operation {
  operationId: string;
  summary: string;
  description: string;
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}

const spec = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { examples: Record<string, { value: unknown }> };
};
const operations = Object.values(spec.paths).flatMap((item) => Object.values(item));
const answers = operations.flatMap(({ operationId, requestBody, responses }) =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, { content }]) => {
      const answered = exampleOf(content?.['application/json']);
      const sent = exampleOf(requestBody?.content['application/json']) ?? {};
      return answered ? [{ name: `${operationId} ${status}`, status, sent, answered }] : [];
    }),
);

test('when the story names an operation, there is one', () => {
  const known = operations.map(({ operationId }) => operationId);
  expect(Object.keys(story).filter((name) => !known.includes(name))).toEqual([]);
});

test('when an operation has a summary, it ends where a sentence or a clause does', () => {
  const cut = operations.filter(({ summary, description }) => {
    const text = description.replaceAll('`', '').replaceAll('\n', ' ');
    return !text.startsWith(summary) || /^[^.:;]/.test(text.slice(summary.length));
  });
  expect(cut.map(({ summary }) => summary)).toEqual([]);
});

test('when something is sent, the answer shows it', () => {
  // The reason of a resource is that of its state, and an entry is more than its ARN.
  const others = ['reason', 'principals'];
  const wrong = answers.flatMap(({ name, sent, answered }) =>
    Object.keys(sent)
      .filter((member) => member in answered && !others.includes(member))
      .filter((member) => !shows(answered[member], sent[member]))
      .map((member) => `${name}: ${member}`),
  );
  expect(wrong).toEqual([]);
});

test('when something was made just now, nothing has changed since', () => {
  // Rotating makes a secret, of a webhook that there was.
  const made = answers.filter(
    ({ name, status }) => status === '201' && !name.startsWith('rotateWebhookSecret'),
  );
  const changed = made.filter(
    ({ answered }) => answered['updated_at'] && answered['updated_at'] !== answered['created_at'],
  );
  expect(changed.map(({ name }) => name)).toEqual([]);
});

test('when an operation is accepted, it runs, and none is shown of another kind', () => {
  const begun = answers.filter(({ status }) => status === '202').map(({ answered }) => answered);
  expect(begun.map(({ state, done, finished_at }) => [state, done, finished_at])).toEqual(
    begun.map(() => ['running', false, null]),
  );
  const kinds: Record<OperationKind, true> = {
    offboard_customer: true,
    prove_account: true,
    reconcile_service: true,
    retire_service: true,
    suspend_customer: true,
  };
  expect(begun.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(kinds));
});

test('when there are times, they are in order', () => {
  const pairs = [
    ['created_at', 'updated_at'],
    ['created_at', 'finished_at'],
    ['created_at', 'expires_at'],
    ['intended_at', 'finished_at'],
    ['first_seen_at', 'observed_at'],
    ['state_since', 'observed_at'],
    ['standing_since', 'updated_at'],
  ] as const;
  const wrong = everyObject().flatMap(([name, object]) =>
    pairs
      .filter(([before, after]) => isTime(object[before]) && isTime(object[after]))
      .filter(([before, after]) => String(object[before]) > String(object[after]))
      .map(([before, after]) => `${name}: ${before} is after ${after}`),
  );
  expect(wrong).toEqual([]);
});

test('when a member is an id, it has the prefix of its kind', () => {
  const kinds = Object.entries(idKinds).map(([name, prefix]): [string, string] => [
    `${name.replaceAll(/(?!^)[A-Z]/g, '_$&').toLowerCase()}_id`,
    `${prefix}_`,
  ]);
  // An account is named by its number.
  const prefixes = new Map(kinds.filter(([member]) => member !== 'account_id'));
  const wrong = everyObject().flatMap(([name, object]) =>
    Object.entries(object)
      .filter(([member, value]) => prefixes.has(member) && /^[a-z]+_\w{26}$/.test(String(value)))
      .filter(([member, value]) => !String(value).startsWith(prefixes.get(member)!))
      .map(([member, value]) => `${name}: ${member} ${String(value)}`),
  );
  expect(wrong).toEqual([]);
});

test('when something is in a state, its conditions give the same reason', () => {
  const wrong = everyObject().filter(
    ([, { reason, conditions }]) =>
      reason && Array.isArray(conditions) && reason !== (conditions[0] as Members)['reason'],
  );
  expect(wrong.map(([name]) => name)).toEqual([]);
});

function exampleOf(media: Media | undefined): Members | undefined {
  const [example] = Object.values(media?.examples ?? {});
  const name = example?.$ref?.split('/').at(-1);
  return (name === undefined ? example?.value : spec.components.examples[name]!.value) as Members;
}

/** All of what was sent; what was left out there may be filled in. */
function shows(answered: unknown, sent: unknown): boolean {
  if (typeof sent !== 'object' || sent === null) return answered === sent;
  const parts = Object.entries(sent as Members);
  return parts.every(([member, part]) => shows((answered as Members | undefined)?.[member], part));
}

function everyObject(): [string, Members][] {
  const found: [string, Members][] = [];
  const visit = (name: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) found.push([name, value as Members]);
    for (const member of Object.values(value)) visit(name, member);
  };
  for (const [name, { value }] of Object.entries(spec.components.examples)) visit(name, value);
  return found;
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
}
