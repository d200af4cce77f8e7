import { expect, it } from 'vitest';
import { aspects, manageAll, observeAll } from '../../src/domain/endpoint-service.ts';

it('when an aspect is added, both sets of modes have it', () => {
  expect(Object.keys(observeAll)).toEqual([...aspects]);
  expect(Object.keys(manageAll)).toEqual([...aspects]);
});

it('when a service is registered or created, all of its aspects are in one mode', () => {
  expect(new Set(Object.values(observeAll))).toEqual(new Set(['observe']));
  expect(new Set(Object.values(manageAll))).toEqual(new Set(['manage']));
});
