// The settings: defaults, every problem at once, and their page in docs/.

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';
import { usualRateLimits } from '../src/domain/rate-limit.ts';

it('when nothing is set, it is local: loopback, the embedded database, every role', () => {
  expect(readConfig({}, undefined)).toEqual({
    role: 'all',
    host: '127.0.0.1',
    port: 8080,
    databaseUrl: null,
    dataDirectory: '.sallyport',
    publicUrl: null,
    logLevel: 'info',
    retentionDays: 400,
    auditRetentionDays: null,
    auditKeyFile: null,
    secretsKeyFile: null,
    metrics: null,
    proofLifetimeDays: null,
    nameServerCheck: null,
    readsBackends: true,
    webhooksAnywhere: false,
    access: {
      oidc: null,
      staffKeys: true,
      rateLimits: usualRateLimits,
      trustedProxies: [],
      public: null,
    },
    aws: { issuerEndpoint: null, stsEndpoint: null, region: 'us-east-1' },
  });
});

it('when several settings are wrong, every one is told', () => {
  const read = () =>
    readConfig(
      {
        PORT: '99999',
        DATABASE_URL: 'mysql://x',
        SALLYPORT_PUBLIC_URL: 'nowhere',
        SALLYPORT_LOG_LEVEL: 'loud',
        SALLYPORT_RETENTION_DAYS: '0',
        SALLYPORT_PROOF_LIFETIME_DAYS: 'soon',
        SALLYPORT_NAME_SERVER_CHECK: 'on',
      },
      'half',
    );
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/--role .*PORT .*DATABASE_URL .*_PUBLIC_URL .*_LOG_LEVEL /s);
  expect(read).toThrow(/ .*_RETENTION_DAYS .*_PROOF_LIFETIME_DAYS .*_NAME_SERVER_CHECK /s);
});

it.each(['front', 'worker'])('when %s has no server, it says that it needs one', (role) => {
  expect(() => readConfig({}, role)).toThrow(`DATABASE_URL is needed for --role ${role}`);
});

it('when the command line names a role, it wins over the environment', () => {
  expect(readConfig({ SALLYPORT_ROLE: 'worker' }, 'all').role).toBe('all');
});

it('when the public URL has a path, its origin is what proofs are bound to', () => {
  const { publicUrl } = readConfig({ SALLYPORT_PUBLIC_URL: 'https://x.example/a/' }, undefined);
  expect(publicUrl).toBe('https://x.example');
});

it('when STS has an endpoint of its own, it is taken before the general one', () => {
  const environment = { AWS_ENDPOINT_URL: 'http://a', AWS_ENDPOINT_URL_STS: 'http://b' };
  expect(readConfig(environment, undefined).aws.stsEndpoint).toBe('http://b');
});

it.each([
  ['off', null],
  ['system', []],
  ['192.0.2.1, 2001:db8::1', ['192.0.2.1', '2001:db8::1']],
  ['127.0.0.1:5353,[::1]:5353', ['127.0.0.1:5353', '[::1]:5353']],
])('when the name server check is %s, these resolvers are asked', (text, resolvers) => {
  const environment = { SALLYPORT_NAME_SERVER_CHECK: text };
  expect(readConfig(environment, undefined).nameServerCheck).toEqual(resolvers);
});

it('when the program reads a variable, docs/settings.md explains it', async () => {
  const source = await readFile(new URL('../src/config.ts', import.meta.url), 'utf8');
  const page = await readFile(new URL('../../../docs/settings.md', import.meta.url), 'utf8');
  const names = new Set(source.match(/\b(PORT|DATABASE_URL|SALLYPORT_[A-Z_]+|AWS_[A-Z_]+)\b/g));
  expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  expect(names.size).toBeGreaterThan(8);
});

describe('sign-in of staff', () => {
  const oidc = {
    SALLYPORT_OIDC_ISSUER: 'https://login.example',
    SALLYPORT_OIDC_AUDIENCE: 'sallyport',
    SALLYPORT_OIDC_OPERATOR_GROUPS: 'ops, platform',
  };

  it('when a provider is set, its groups are lists and the rest has defaults', () => {
    const { access } = readConfig({ ...oidc, SALLYPORT_STAFF_KEYS: 'off' }, undefined);
    expect(access).toMatchObject({
      staffKeys: false,
      oidc: {
        issuer: 'https://login.example',
        audience: 'sallyport',
        clientId: null,
        groupsClaim: 'groups',
        operatorGroups: ['ops', 'platform'],
        supportGroups: [],
      },
    });
  });

  it.each([
    ['keys are off and there is no provider', { SALLYPORT_STAFF_KEYS: 'off' }, '_STAFF_KEYS=off'],
    ['the issuer is plain http', { ...oidc, SALLYPORT_OIDC_ISSUER: 'http://x.example' }, '_ISSUER'],
    ['no audience is named', { ...oidc, SALLYPORT_OIDC_AUDIENCE: '' }, '_AUDIENCE'],
    ['no group has a role', { ...oidc, SALLYPORT_OIDC_OPERATOR_GROUPS: ' , ' }, '_SUPPORT_GROUPS'],
  ])('when %s, that is told', (_, environment, name) => {
    expect(() => readConfig(environment, undefined)).toThrow(name);
  });
});

describe('a listener for customers alone', () => {
  it.each([
    [{}, '127.0.0.1'],
    [{ SALLYPORT_HOST: '10.0.0.1' }, '10.0.0.1'],
    [{ SALLYPORT_HOST: '10.0.0.1', SALLYPORT_PUBLIC_HOST: '0.0.0.0' }, '0.0.0.0'],
  ])('when the hosts are %j, it is at %s', (hosts, host) => {
    const { access } = readConfig({ ...hosts, SALLYPORT_PUBLIC_PORT: '8443' }, undefined);
    expect(access.public).toEqual({ host, port: 8443 });
  });

  it.each(['8080', '70000', 'https'])('when its port is %s, that is told', (port) => {
    const read = () => readConfig({ SALLYPORT_PUBLIC_PORT: port }, undefined);
    expect(read).toThrow('SALLYPORT_PUBLIC_PORT');
  });
});

describe('limits and proxies', () => {
  it('when they are set, they are numbers and lists', () => {
    const { access } = readConfig(
      {
        SALLYPORT_RATE_LIMIT_KEY: '7/60',
        SALLYPORT_RATE_LIMIT_CUSTOMER: 'off',
        SALLYPORT_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      },
      undefined,
    );
    const { key, customer } = access.rateLimits;
    expect([key, customer]).toEqual([{ requests: 7, seconds: 60 }, null]);
    expect(access.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
  });

  it.each([
    { SALLYPORT_RATE_LIMIT_KEY: '100' },
    { SALLYPORT_RATE_LIMIT_STAFF: '0/10' },
    { SALLYPORT_TRUSTED_PROXIES: 'load-balancer' },
    { SALLYPORT_TRUSTED_PROXIES: '10.0.0.0/33' },
  ])('when %j makes no sense, that is told', (environment) => {
    expect(() => readConfig(environment, undefined)).toThrow(Object.keys(environment)[0]!);
  });
});
