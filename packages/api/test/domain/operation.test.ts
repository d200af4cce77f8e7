import { expect, it } from 'vitest';
import { withDone, type Operation } from '../../src/domain/operation.ts';

const running: Omit<Operation, 'done'> = {
  id: 'op_1',
  kind: 'prove_account',
  subjectId: 'acct_1',
  customerId: 'cus_1',
  state: 'running',
  message: 'Waiting.',
  heldUpBy: [],
  errorCode: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  finishedAt: null,
};

it.each([
  ['running', false],
  ['succeeded', true],
  ['failed', true],
] as const)('when it is %s, it is done: %s', (state, done) => {
  expect(withDone({ ...running, state })).toEqual({ ...running, state, done });
});
