import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repeatedMember } from '../../../src/http/input/repeated-member.ts';

it.each([
  ['{"a":1,"a":1}', '/a'],
  ['{"a":1,"b":2,"\\u0061":3}', '/a'],
  ['{"":0,"":1}', '/'],
  ['{"a/b~":0,"a/b~":1}', '/a~1b~0'],
  ['{"a":[{},{"b":[[1,2],{"c":1,"d":2,"c":3}]}]}', '/a/1/b/1/c'],
  ['{"a":"\\"a\\":","b":{"a":"}","x":0,"x":0}}', '/b/x'],
  ['[{"a":"\\\\"},{"a":"\\\\","a":","}]', '/1/a'],
  ['\ufeff { "a" : {"b":1} , "a" : {"b":2} }', '/a'],
  ['{"__proto__":1,"__proto__":2}', '/__proto__'],
])('when %s comes, %s is the member that is there twice', (json, pointer) => {
  expect(repeatedMember(json)).toBe(pointer);
});

it('when a value is written as JSON, no member is there twice', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      expect(repeatedMember(JSON.stringify(value, null, indent))).toBeNull();
    }),
  );
});

it('when a member is written once more, at any place, it is found', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), fc.jsonValue(), (value, name, other) => {
      const member = `${JSON.stringify(name)}:${JSON.stringify(other)}`;
      const deep = `[${JSON.stringify(value)},{"x":{${member},"${name.length}-":[],${member}}}]`;
      const step = name.replaceAll('~', '~0').replaceAll('/', '~1');
      const inside = repeatedMember(deep);
      expect(inside).toBe(`/1/x/${step}`);
    }),
  );
});
