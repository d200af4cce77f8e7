import { describe, expect, it } from 'vitest';
import {
  configurationsTarget,
  connectionsTarget,
  parseRegionKey,
  principalsTarget,
  privateDnsTarget,
  serviceTargets,
  targetKinds,
  tellsNew,
} from '../../src/domain/target.ts';

const place = { id: 'svc_1', providerAccountId: 'pacc_1', region: 'us-east-1' };

describe('targets', () => {
  it('when a service is looked after, each of its targets is there once', () => {
    expect(serviceTargets(place)).toEqual([
      { kind: 'configurations', key: 'pacc_1/us-east-1' },
      { kind: 'connections', key: 'pacc_1/us-east-1' },
      { kind: 'principals', key: 'svc_1' },
      { kind: 'private_dns', key: 'svc_1' },
    ]);
  });

  it('when two services are in one region, they share what is read for all of it', () => {
    const neighbour = { ...place, id: 'svc_2' };
    expect(connectionsTarget(neighbour)).toEqual(connectionsTarget(place));
    expect(configurationsTarget(neighbour)).toEqual(configurationsTarget(place));
    expect(principalsTarget('svc_2')).not.toEqual(principalsTarget('svc_1'));
    expect(privateDnsTarget('svc_2')).not.toEqual(privateDnsTarget('svc_1'));
  });

  it('when the key of a region is read, it names the account and the region', () => {
    const { key } = connectionsTarget(place);
    expect(parseRegionKey(key)).toEqual({ providerAccountId: 'pacc_1', region: 'us-east-1' });
  });

  it('when a key is of something else, it names no region', () => {
    expect(parseRegionKey('svc_1')).toEqual({ providerAccountId: 'svc_1', region: '' });
  });

  it('when a service has targets, their kinds are known', () => {
    for (const { kind } of serviceTargets(place)) expect(targetKinds).toContain(kind);
  });
});

describe('tellsNew', () => {
  const report = { plan: { add: ['a'], remove: [] }, left: 0 };

  it.each<[string, object | null, object, boolean]>([
    ['it is the first', null, report, true],
    ['nothing differs but the order', { left: 0, plan: { remove: [], add: ['a'] } }, report, false],
    ['only the moments differ', { ...report, at: 'x', fullReadAt: 'y' }, report, false],
    ['a list differs', { ...report, plan: { add: [], remove: [] } }, report, true],
    ['the order of a list differs', { list: [1, 2] }, { list: [2, 1] }, true],
    ['an error has gone', { ...report, error: 'Denied' }, report, true],
    ['it tells nothing', report, {}, false],
  ])('when %s, it is as told', (_, before, after, expected) => {
    expect(tellsNew(before, after)).toBe(expected);
  });
});
