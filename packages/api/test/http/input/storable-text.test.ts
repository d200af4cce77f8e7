import { expect, it } from 'vitest';
import { unstorableText } from '../../../src/http/input/storable-text.ts';

it.each([
  ['U+0000', { a: ['x', 'b\0'] }, '/a/1'],
  ['the first half of a pair', { a: { b: '\ud83d' } }, '/a/b'],
  ['the second half of a pair', { a: { b: '\udd11x' } }, '/a/b'],
  ['a pair the wrong way round', ['\udd11\ud83d'], '/0'],
  ['U+0000 in a key', { a: { 'k\0': 1 } }, '/a'],
  ['U+0000 below a key with a slash', { 'a/b~c': '\0' }, '/a~1b~0c'],
])('when there is %s, it is named', (_, value, pointer) => {
  expect(unstorableText(value)).toMatchObject([{ pointer }]);
});

it('when all can be stored, nothing is named', () => {
  const value = { a: ['ünï🔑', '', '\u0001\u007f\u2028'], b: null, c: 1, d: true, '': {} };
  expect(unstorableText(value)).toEqual([]);
});
