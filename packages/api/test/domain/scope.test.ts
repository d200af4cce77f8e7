import { describe, expect, it } from 'vitest';
import { allows, beyond } from '../../src/domain/scope.ts';

describe('allows', () => {
  it.each([
    [[], 'grants:write', true],
    [['grants:write'], 'grants:write', true],
    [['grants:write'], 'grants:read', true],
    [['grants:read'], 'grants:write', false],
    [['grants:read'], 'customers:read', false],
    [['read'], 'customers:read', true],
    [['read'], 'customers:write', false],
    [['grants:read'], 'any', true],
  ] as const)('when a key has %j, %s is %s', (scopes, needed, allowed) => {
    expect(allows(scopes, needed)).toBe(allowed);
  });
});

describe('beyond', () => {
  it.each([
    [[], [], null],
    [[], ['grants:write'], null],
    [['grants:write'], [], 'everything that the role may'],
    [['grants:write'], ['grants:read'], null],
    [['grants:write'], ['grants:read', 'customers:read'], 'customers:read'],
    [['read', 'grants:write'], ['customers:read', 'grants:write', 'read'], null],
    [['grants:read', 'customers:read'], ['read'], 'read'],
  ] as const)('when %j gives %j, too much is %s', (scopes, wanted, more) => {
    expect(beyond(scopes, wanted)).toBe(more);
  });
});
