// Marks: which agree with a database, which do not, and what is remembered of those.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptMark,
  databaseQuarantine,
  judgeMark,
  markText,
  mustBeReadSince,
  readMark,
  strangerMark,
} from '../../src/domain/deployment.ts';

const ours = `dep_${'0'.repeat(25)}1`;
const theirs = `dep_${'0'.repeat(25)}2`;
const own = { id: ours, epoch: 7 };

describe('readMark', () => {
  it('when it was written by markText, it is the same mark', () => {
    fc.assert(
      fc.property(fc.constantFrom(ours, theirs), fc.nat(), (deploymentId, epoch) => {
        expect(readMark(markText({ deploymentId, epoch }))).toEqual({ deploymentId, epoch });
      }),
    );
  });

  it.each(['', 'prod', ours, `${ours}/`, `${ours}/-1`, `${ours}/1e3`, `${ours}/1 `, `x${ours}/1`])(
    'when somebody wrote "%s", it is a stranger',
    (text) => expect(readMark(text)).toEqual({ deploymentId: text, epoch: 0 }),
  );
});

describe('judgeMark', () => {
  it.each([
    ['no mark', null, null],
    ['our last one', `${ours}/7`, null],
    ['an earlier one of ours', `${ours}/2`, null],
    ['a later one of ours', `${ours}/8`, 'older_database'],
    ["somebody else's", `${theirs}/1`, 'another_deployment'],
    ['words', 'prod', 'another_deployment'],
    ['nothing in a tag', '', 'another_deployment'],
  ])('when there is %s, it says so', (_, text, verdict) => {
    expect(judgeMark(text, own, {})).toBe(verdict);
  });

  it('when a strange mark is accepted, so are earlier ones of it, and no later ones', () => {
    const accepted = acceptMark({}, readMark(`${theirs}/5`));
    const verdicts = [4, 5, 6].map((epoch) => judgeMark(`${theirs}/${epoch}`, own, accepted));
    expect(verdicts).toEqual([null, null, 'another_deployment']);
    expect(judgeMark('prod', own, acceptMark({}, readMark('prod')))).toBeNull();
  });

  it('when a mark names a member of every object, it is a stranger all the same', () => {
    for (const text of ['constructor', '__proto__', 'toString']) {
      expect(judgeMark(text, own, {})).toBe('another_deployment');
    }
  });
});

describe('acceptMark', () => {
  it('when more was accepted before, that stays', () => {
    const accepted = acceptMark({ [theirs]: 9, prod: 0 }, { deploymentId: theirs, epoch: 5 });
    expect(accepted).toEqual({ [theirs]: 9, prod: 0 });
  });
});

describe('strangerMark', () => {
  it.each([
    [null, 'prod', 'prod'],
    [`${theirs}/5`, `${theirs}/6`, `${theirs}/6`],
    [`${theirs}/6`, `${theirs}/5`, `${theirs}/6`],
    [`${theirs}/6`, 'prod', 'prod'],
  ])('when %s was there and %s is seen, it is %s', (before, seen, remembered) => {
    expect(strangerMark(before, seen)).toBe(remembered);
  });
});

describe('databaseQuarantine', () => {
  it.each([
    ['at home', 'a', null, null],
    ['elsewhere', 'b', null, 'moved_database'],
    ['at home, but old', 'a', 'older_database', 'older_database'],
    ['back at home, unconfirmed', 'a', 'moved_database', 'moved_database'],
  ] as const)('when it is %s, it says so', (_, here, quarantine, expected) => {
    expect(databaseQuarantine({ home: 'a', here, quarantine })).toBe(expected);
  });
});

describe('mustBeReadSince', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 12, minute));

  it('when the process is young, it is since its start', () => {
    expect(mustBeReadSince(at(0), at(3))).toEqual(at(0));
  });

  it('when it runs for long, it is the last five minutes', () => {
    expect(mustBeReadSince(at(0), at(30))).toEqual(at(25));
  });
});
