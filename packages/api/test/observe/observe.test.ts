// docs/observe/observe.sh, run by a POSIX shell against the service and a TLS server on loopback.
// Tools that look at a network are stood in for, so that each says what a test wants.

import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../harness.ts';
import { createWorld, type World } from '../http/controllers/world.ts';

const script = path.resolve(import.meta.dirname, '../../../../docs/observe/observe.sh');
const folder = mkdtempSync(path.join(tmpdir(), 'observe-'));
let api: Api;
let world: World;
let server: Server;
let port: number;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
  server = createServer({ ...certificate(), ALPNProtocols: ['h2'] });
  server.on('tlsClientError', () => {});
  server.on('secureConnection', (socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.close();
  await api.close();
  rmSync(folder, { recursive: true });
});

function certificate() {
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=x', '-addext', 'subjectAltName=DNS:*.vendor.example'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const files = ['-keyout', key, '-out', cert, '-days', '30'];
  execFileSync('openssl', ['req', '-x509', ...curve, ...files, ...subject], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** A folder with these programs, which is looked through first. */
function withPrograms(programs: Record<string, string>): string {
  const bin = mkdtempSync(path.join(folder, 'bin-'));
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  return bin;
}

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

function observe(args: string[], given: { programs?: object; token?: string } = {}): Promise<Ran> {
  const programs = { dig: dig('NOERROR', ['127.0.0.1']), ...given.programs };
  const env = {
    PATH: `${withPrograms(programs)}:${process.env['PATH']}`,
    SALLYPORT_URL: api.origin,
    SALLYPORT_OBSERVATION_TOKEN: given.token ?? 'none',
  };
  return new Promise((resolve) => {
    execFile('sh', [script, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** What `dig` writes of an answer with these addresses. */
function dig(status: string, addresses: string[]): string {
  const answers = addresses.map((address) => `api.vendor.example. 60 IN A ${address}`);
  const head = `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 1`;
  return [
    'case "$*" in *AAAA) exit 0;; esac',
    "cat <<'END'",
    head,
    ...answers,
    ';; SERVER: 10.0.0.2#53(10.0.0.2) (UDP)',
    'END',
  ].join('\n');
}

const name = ['--name', 'api.vendor.example'];
interface Seen {
  vantage: string;
  dns: { outcome: string; addresses: string[] };
  tcp: { outcome: string }[];
  tls?: object;
  network?: object;
  security_groups?: { ids: string[]; port: number; ingress: string };
}

const tried = async (args: string[], programs: object = {}) => {
  const { stdout } = await observe([...name, ...args, '--dry-run'], { programs });
  return JSON.parse(stdout) as Seen;
};
const tokenOf = async () => {
  const { id } = world.acme.connection;
  const { body } = await api
    .request('customer')
    .post(`/v1/connections/${id}/observation-tokens`)
    .expect(201);
  return body.token as string;
};

describe('a report', () => {
  it('when all answers, it is stored as of a script, with the certificate', async () => {
    const token = await tokenOf();
    const ran = await observe([...name, '--port', String(port)], { token });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const { id } = world.acme.connection;
    const { body } = await api.request('support').get(`/v1/connections/${id}/observations`);
    expect(body.items[0]).toMatchObject({
      source: 'script',
      dns: { outcome: 'answered', scope: 'private', resolver: '10.0.0.2' },
      tcp: [{ address: '127.0.0.1', port, outcome: 'connected' }],
      tls: { server_name: 'api.vendor.example', outcome: 'negotiated', alpn: 'h2' },
      certificate: { names: ['*.vendor.example'], trusted: false },
    });
    expect(Date.parse(body.items[0].certificate.expires_at as string)).toBeGreaterThan(Date.now());
  });

  it('when the token is spent, it says so, and no command line ever had it', async () => {
    const token = await tokenOf();
    const log = path.join(folder, 'curl.log');
    const curl = `echo "$@" >>${log}\nexec $(PATH=\${PATH#*:} command -v curl) "$@"`;
    const given = { token, programs: { curl } };
    const args = [...name, '--port', '1', '--no-tls'];
    expect((await observe(args, given)).code).toBe(0);
    const again = await observe(args, given);
    expect([again.code, again.stderr]).toEqual([
      2,
      expect.stringContaining('observation_token_not_usable') as string,
    ]);
    const lines = readFileSync(log, 'utf8');
    expect([lines.includes('/v1/observations'), lines.includes(token)]).toEqual([true, false]);
  });

  it('when it is only tried, nothing is sent', async () => {
    const rows = await api.db.query('SELECT id FROM observations');
    await tried(['--port', '1', '--no-tls']);
    expect(await api.db.query('SELECT id FROM observations')).toEqual(rows);
  });

  it.each([
    [['--name', 'a;b']],
    [['--name', 'a\nb']],
    [[...name, '--port', '0']],
    [[...name, '--port', '1e3']],
    [[...name, '--endpoint', 'vpce-1 --profile x']],
    [[...name, '--what']],
  ])('when it is called with %j, it says what is wrong', async (args) => {
    const { code, stderr } = await observe(args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^observe\.sh: \S/) as string]);
  });
});

describe('what it sees', () => {
  it.each([
    ['NXDOMAIN', [], 'no_such_name'],
    ['NOERROR', [], 'no_answer'],
    ['SERVFAIL', [], 'failed'],
  ])('when a resolver says %s, it is told', async (status, addresses, outcome) => {
    const { dns, tcp } = await tried([], { dig: dig(status, addresses) });
    expect([dns.outcome, dns.addresses, tcp]).toEqual([outcome, [], []]);
  });

  it('when answers would break out of the report, they are left out', async () => {
    const hostile = ['127.0.0.1"},{"x', '$(id)', '10.0.0.1;', '127.0.0.1'];
    const { dns } = await tried(['--port', '1'], { dig: dig('NOERROR', hostile) });
    expect(dns.addresses).toEqual(['127.0.0.1']);
    const { vantage } = await tried(['--port', '1', '--vantage', 'a"\\\u001b[2J']);
    expect(vantage).toMatch(/^a\?+2J$/);
  });

  it('when nothing listens, it is refused, and TLS is not tried', async () => {
    const seen = await tried(['--port', '1']);
    expect([seen.tcp[0]!.outcome, seen.tls]).toEqual(['refused', undefined]);
  });

  it('when a security group shuts the port, it is told; not when it cannot be read', async () => {
    const aws = (groups: string) => `case "$*" in
      *VpcId*) echo vpc-0a1b2c3d;; *PrivateDnsEnabled*) echo False;; *SubnetIds*) echo subnet-1;;
      *AvailabilityZoneId*) printf 'use1-az1\\tuse1-az2\\n';; *GroupId*) echo sg-0a1b2c3d;;
      *enableDnsSupport*) echo True;; *enableDnsHostnames*) echo False;;
      *describe-security-groups*) ${groups};; esac`;
    const ingress = async (groups: string) => {
      const endpoint = ['--endpoint', 'vpce-0a1b2c3d', '--port', '443', '--no-tls'];
      return tried(endpoint, { dig: dig('NOERROR', []), aws: aws(groups) });
    };
    const { network, security_groups: closed } = await ingress('echo tcp:8443:8443');
    expect(network).toEqual({
      vpc_id: 'vpc-0a1b2c3d',
      availability_zone_ids: ['use1-az1', 'use1-az2'],
      private_dns_enabled: false,
      dns_support: true,
      dns_hostnames: false,
    });
    expect(closed).toMatchObject({ ids: ['sg-0a1b2c3d'], port: 443, ingress: 'closed' });
    expect((await ingress('echo tcp:400:500')).security_groups!.ingress).toBe('open');
    expect((await ingress('echo -1:null:null')).security_groups!.ingress).toBe('open');
    expect((await ingress('exit 254')).security_groups!.ingress).toBe('unknown');
  });

  it('when the aws CLI is refused, its parts are left out', async () => {
    const endpoint = ['--endpoint', 'vpce-0a1b2c3d', '--port', '1'];
    const seen = await tried(endpoint, { aws: 'echo denied >&2; exit 254' });
    expect(Object.keys(seen)).toEqual(['vantage', 'dns', 'tcp']);
  });
});
