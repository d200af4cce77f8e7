import { describe, expect, it } from 'vitest';
import {
  errorCatalogue,
  refuse,
  type ErrorCode,
  type ErrorEntry,
} from '../../src/domain/errors.ts';

const entries = Object.entries(errorCatalogue) as [ErrorCode, ErrorEntry][];

describe('the catalogue', () => {
  it.each(entries)('when %s is thrown, the caller learns what, why and what to do', (_, entry) => {
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.title).toMatch(/^[A-Z].*[^.]$/);
    for (const sentence of [entry.cause, entry.remediation.action]) {
      expect(sentence).toMatch(/^[A-Z`].*\.$/);
    }
  });

  it.each(entries)('when %s has no command that helps, it says why', (_, entry) => {
    const { noCommand, remediation } = entry;
    expect([noCommand, remediation.command].filter((text) => text !== null)).toHaveLength(1);
    expect(noCommand ?? 'said.').toMatch(/^[a-z`/].*\.$/);
  });

  it.each(entries)('when %s names a command, it is one of our own command line', (_, entry) => {
    expect(entry.remediation.command ?? 'sallyport').toMatch(/^sallyport/);
  });

  it('when it is not the fault of the caller, and only then, the status is 5xx', () => {
    const ours = entries.filter(([, { status }]) => status >= 500).map(([code]) => code);
    expect(ours).toEqual(['aws_call_failed', 'internal_error', 'unavailable']);
  });

  it('when two entries have one title, a reader could not tell them apart, so none have', () => {
    const titles = entries.map(([, { title }]) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('refuse', () => {
  it('when it is given fields and a command, the refusal carries them', () => {
    const fields = [{ pointer: '/name', detail: 'too long' }];
    const refusal = refuse('invalid_request', 'No.', { fields, command: 'sallyport help' });
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal).toMatchObject({ code: 'invalid_request', fields, command: 'sallyport help' });
  });

  it('when it is given no more than a code, the rest is empty', () => {
    expect(refuse('not_found', 'No.')).toMatchObject({ message: 'No.', fields: [], command: null });
  });
});
