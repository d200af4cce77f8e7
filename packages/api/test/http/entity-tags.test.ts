import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityTag, isShown, isUnchanged, parseTags } from '../../src/http/entity-tags.ts';

const observed = new Set(['seen']);
const tag = (body: unknown) => entityTag(body, observed);

describe('an entity tag', () => {
  it('when members come in another order, it is the same', () => {
    expect(tag({ a: 1, b: { c: 2, d: 3 } })).toBe(tag({ b: { d: 3, c: 2 }, a: 1 }));
  });

  it('when two answers have the same tag, they are equal', () => {
    const body = fc.dictionary(fc.constantFrom('a', 'b', 'seen'), fc.jsonValue());
    fc.assert(
      fc.property(body, body, (one, other) => {
        const equal = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(tag(one) === tag(other)).toBe(equal);
      }),
    );
  });

  it('when only what AWS shows has changed, a change is not stopped by it', () => {
    const [before, after] = [tag({ name: 'x', seen: 1 }), tag({ name: 'x', seen: 2 })];
    expect(isShown([before], after)).toBe(false);
    expect(isUnchanged([before], after)).toBe(true);
    expect(isUnchanged([before], tag({ name: 'y', seen: 1 }))).toBe(false);
  });

  it('when a proxy has made it weak, it still saves a body, and lets nobody write', () => {
    const present = tag({ name: 'x' });
    expect(isShown([`W/${present}`], present)).toBe(true);
    expect(isUnchanged([`W/${present}`], present)).toBe(false);
  });
});

describe('a list of tags', () => {
  it('when it is well formed, each tag is found', () => {
    expect(parseTags('"a.b" , W/"c"')).toEqual(['"a.b"', 'W/"c"']);
    expect(parseTags('"a,b"')).toEqual(['"a,b"']);
    expect(parseTags(' * ')).toBe('*');
    // Empty elements of a list are nothing (RFC 9110, 5.6.1.2).
    expect(parseTags(', "a",,W/"b" ,')).toEqual(['"a"', 'W/"b"']);
  });

  it.each(['', 'a', '"a', '"a" "b"', ',', '*, "a"', 'w/"a"'])('when it is %j, it is none', (text) =>
    expect(parseTags(text)).toBeNull(),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([name, member]) => [name, sorted(member)]);
}
