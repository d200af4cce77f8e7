import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callLimit } from '../../src/domain/call-limit.ts';
import {
  isReadDue,
  maxAgeOfTarget,
  nextReadInMs,
  pagesOf,
  readEveryMs,
  readsOf,
  unread,
} from '../../src/domain/read-tier.ts';

const at = new Date('2026-03-01T12:00:00Z');

describe('the time between regular reads', () => {
  it.each([
    { services: 1, pages: 1, seconds: 60 },
    { services: 120, pages: 1, seconds: 60 },
    { services: 121, pages: 1, seconds: 61 },
    { services: 1_000, pages: 1, seconds: 500 },
    { services: 10, pages: 10, seconds: 60 },
    { services: 1_000, pages: 10, seconds: 5_000 },
  ])('when $services services have $pages pages each, it is $seconds s', (given) => {
    expect(readEveryMs(given.services * given.pages)).toBe(given.seconds * 1_000);
  });

  it("when there are ever so many pages, they take no more than a tenth of AWS's rate", () => {
    const { perSecond } = callLimit('ec2', 'DescribeVpcEndpointConnections')!;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (pages) => {
        expect(pages / (readEveryMs(pages) / 1_000)).toBeLessThanOrEqual(perSecond / 10);
      }),
    );
  });

  it.each([
    [0, 1],
    [1, 1],
    [1_000, 1],
    [1_001, 2],
    [10_000, 10],
  ])('when a list has %i items, AWS gives it in %i pages', (items, pages) => {
    expect(pagesOf(items)).toBe(pages);
  });
});

describe('the moments of regular reads', () => {
  const keys = fc.string({ minLength: 1, maxLength: 60 });
  const everyMs = fc.integer({ min: 60, max: 5_000 }).map((seconds) => seconds * 1_000);
  const moments = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => new Date(ms));

  it('when one follows the other, they are just as far apart as was said', () => {
    fc.assert(
      fc.property(keys, everyMs, moments, (key, every, from) => {
        const first = from.getTime() + nextReadInMs(key, every, from);
        expect(first - from.getTime()).toBeGreaterThan(0);
        expect(first - from.getTime()).toBeLessThanOrEqual(every);
        expect(nextReadInMs(key, every, new Date(first))).toBe(every);
      }),
    );
  });

  it('when one is due, it is due from that moment on and not before', () => {
    fc.assert(
      fc.property(keys, everyMs, moments, (key, every, last) => {
        const dueMs = last.getTime() + nextReadInMs(key, every, last);
        expect(isReadDue(key, every, last, new Date(dueMs - 1))).toBe(false);
        expect(isReadDue(key, every, last, new Date(dueMs))).toBe(true);
        expect(isReadDue(key, every, last, new Date(dueMs + 7_777_777))).toBe(true);
      }),
    );
  });

  it('when a thousand services were read at one moment, they are not read so again', () => {
    const every = 500_000;
    const due = Array.from({ length: 1_000 }, (_, index) =>
      nextReadInMs(`svc_01jd00000000000000000${1_000 + index}`, every, at),
    );
    const tenths = Map.groupBy(due, (ms) => Math.floor((ms - 1) / (every / 10)));
    expect(tenths.size).toBe(10);
    for (const tenth of tenths.values()) expect(tenth.length).toBeLessThan(150);
  });
});

describe('what is told of the reads', () => {
  it('when nothing was read yet, the ages are promised all the same', () => {
    expect(unread).toEqual({
      configuration: { readAt: null, maxAgeSeconds: 60 },
      principals: { readAt: null, maxAgeSeconds: 60 },
      connections: { readAt: null, maxAgeSeconds: 65 },
    });
  });

  it('when there are many allowlists, those alone get older', () => {
    const reads = readsOf({
      configurationReadAt: at,
      principalsReadAt: at,
      connectionsReadAt: null,
      allowlistPages: 1_000,
      connectionPages: 2,
    });
    expect(reads).toEqual({
      configuration: { readAt: at, maxAgeSeconds: 60 },
      principals: { readAt: at, maxAgeSeconds: 500 },
      connections: { readAt: null, maxAgeSeconds: 65 },
    });
  });
});

describe('how old what a target reads gets at most', () => {
  const pages = (services: number, connections: number) => {
    return { allowlistPages: services, connectionPages: pagesOf(connections) };
  };

  it.each([
    ['configurations', 10, 180, 60],
    ['configurations', 1_000, 10_000, 60],
    ['principals', 10, 180, 60],
    ['principals', 120, 180, 60],
    ['principals', 1_000, 10_000, 500],
    ['private_dns', 10, 180, 60],
    ['private_dns', 1_000, 10_000, 500],
    ['connections', 10, 180, 65],
    ['connections', 1_000, 10_000, 65],
    ['connections', 1_000, 1_000_000, 505],
    ['proof', 1_000, 10_000, null],
    ['customer', 1_000, 10_000, null],
    ['retirement', 1_000, 10_000, null],
    ['cleaning', 1_000, 10_000, null],
    ['hints', 1_000, 10_000, null],
  ] as const)(
    'when %s are of %i services with %i connections, it is %s s',
    (kind, services, connections, seconds) => {
      expect(maxAgeOfTarget(kind, pages(services, connections))).toBe(seconds);
    },
  );
});
