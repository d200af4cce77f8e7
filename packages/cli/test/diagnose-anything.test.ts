import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Background } from '../src/lookup/background.ts';
import { pastedFrom } from '../src/lookup/pasted.ts';
import { zoneCounts } from '../src/lookup/zones.ts';
import { backgroundText } from '../src/output/background.ts';
import { withoutSecrets } from '../src/output/secrets-in-text.ts';
import { type Answers, changed, page, problem, startFakeApi } from './fake-api.ts';
import { folderWith } from './harness.ts';
import { inOneProcess } from './one-process.ts';
import { ids, NOW, resources } from './resources.ts';

const nobody = problem(404, 'not_found');
const other = {
  ...resources.Connection,
  id: ids.connection.replace(/.$/, '0'),
  vpc_endpoint_id: 'vpce-0fffffffffffffff1',
};
const named: Answers = {
  listConnections: page([resources.Connection, other]),
  listProviderAccounts: page([]),
};

async function diagnose(args: string[], answers: Answers = {}, stdin?: string) {
  const api = await startFakeApi(answers);
  const outcome = await inOneProcess(['diagnose', ...args], { api, stdin });
  return { ...outcome, asked: api.asked };
}

test('when a customer has several endpoints, each gets a line, and the worst decides', async () => {
  const dead = { ...resources.Diagnosis.checks[0], result: 'fail' };
  const second = { vpc_endpoint_id: other.vpc_endpoint_id, works: 'no', checks: [dead] };
  const answers = { ...named, diagnoseConnection: [{}, changed('Diagnosis', second)] };
  answers.diagnoseConnection[0] = changed('Diagnosis', {});
  const { code, stdout, stderr } = await diagnose([resources.Customer.external_id], answers);
  expect(code).toBe(7);
  expect(stdout.split('\n').map((line) => line.split(/ +/).slice(0, 2))).toMatchObject([
    ['ENDPOINT', 'WORKS'],
    [ids.endpoint, 'yes'],
    [other.vpc_endpoint_id, 'no'],
    [''],
  ]);
  expect(stderr).toContain(`next: sallyport diagnose ${other.vpc_endpoint_id}`);
});

test.each([
  ['name', [ids.connection, ids.connection]],
  ['csv', ['vpc_endpoint_id', ids.endpoint, other.vpc_endpoint_id]],
])('when a customer has several endpoints, -o %s has a line for each', async (format, firsts) => {
  const second = changed('Diagnosis', { vpc_endpoint_id: other.vpc_endpoint_id });
  const answers = { ...named, diagnoseConnection: [changed('Diagnosis', {}), second] };
  const { stdout } = await diagnose([resources.Customer.external_id, '-o', format], answers);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(',')[0])).toEqual(firsts);
});

test('when an account has no endpoint, it says why that may be and what to ask', async () => {
  const answers = { getProviderAccount: nobody, listConnections: page([]) };
  const { code, stderr } = await diagnose(['222222222222'], answers);
  expect(code).toBe(3);
  expect(stderr).toContain('InvalidServiceName');
  expect(stderr).toContain('sallyport accounts list --account-id 222222222222');
});

test('when things changed lately, they come first, with who else is affected', async () => {
  const since = new Date().toISOString();
  const troubled = { ...other, state: 'failed', state_since: since };
  const contacts = [{ name: 'Ada', email: 'ada@acme.example' }];
  const { stdout, asked } = await diagnose([ids.endpoint], {
    listConnections: page([resources.Connection, troubled]),
    getCustomer: changed('Customer', { contacts }),
  });
  const { state, state_since: at } = resources.Connection;
  expect(stdout.split('\n\n')[0]).toBe(
    [
      'changed in the last 24 hours:',
      `  ${NOW}  connection.available  pending → available  ${ids.endpoint}`,
      'others on this service: 1, of them 0 available; in trouble in the last 24 hours: 1',
      `  ${other.vpc_endpoint_id}  failed  ${since}  account 222222222222`,
      '  in a zone that nobody has reported: 1 in trouble',
      `customer: ${resources.Customer.name} (${resources.Customer.external_id}), active`,
      'contact: Ada <ada@acme.example>',
      `state: ${state} since ${at}`,
    ].join('\n'),
  );
  const days = asked.flatMap(({ query }) =>
    query.since ? [Date.now() - Date.parse(query.since)] : [],
  );
  expect(days).toHaveLength(3);
  for (const ms of days) expect(Math.abs(ms - 86_400_000)).toBeLessThan(60_000);
});

test('when customers have reported their zones, it is told by zone who is in trouble', async () => {
  const since = new Date().toISOString();
  const troubled = { ...other, state: 'failed', state_since: since };
  const seen = { vpc_id: null, private_dns_enabled: null, dns_support: null, dns_hostnames: null };
  const network = { ...seen, availability_zone_ids: ['use1-az1', 'use1-az2'] };
  const { stdout } = await diagnose([ids.endpoint], {
    listConnections: page([resources.Connection, troubled]),
    listObservations: page([resources.Observation, { ...resources.Observation, network }]),
  });
  expect(stdout).toContain(
    [
      `failed  ${since}  account 222222222222  use1-az1, use1-az2`,
      '  use1-az1, where this endpoint is: 1 in trouble of 1 known to be there',
      '  use1-az2, where this endpoint is: 1 in trouble of 1 known to be there',
      'customer: ',
    ].join('\n'),
  );
});

test('when zones are known of some, each counts those that are in it', () => {
  const zones = { own: ['a', 'b'], one: ['a'], two: ['a', 'c'] };
  const counted = { own: 'own', others: ['one', 'two', 'three'], troubled: ['one', 'three'] };
  expect(zoneCounts(zones, counted)).toEqual([
    { zone: 'a', here: true, others: 2, troubled: 1 },
    { zone: 'b', here: true, others: 0, troubled: 0 },
    { zone: 'c', here: false, others: 1, troubled: 0 },
  ]);
});

test.each([
  ['--markdown', '--graph'],
  ['--ask', '--markdown'],
  ['--ask', '--bundle=t.json'],
])('when %s and %s are asked for at once, it does neither', async (...flags) => {
  const { code, stdout, asked } = await diagnose([ids.endpoint, ...flags]);
  expect({ code, stdout, asked }).toEqual({ code: 2, stdout: '', asked: [] });
});

test('when a window is narrow, what changed stands below, whole', () => {
  const event = { ...resources.Event, id: 'evt_1', type: 'grant.updated', at: NOW };
  const grant = { kind: 'grant', id: resources.Grant.id };
  const members = [{ name: 'acceptance', before: 'automatic', after: 'manual' }];
  const background = {
    connection: resources.Connection,
    customer: null,
    events: [{ ...event, subject: grant, state: { before: null, after: null } }],
    causes: { evt_1: { by: 'First operator', members } },
    others: [],
    troubled: [],
    zones: {},
  } as unknown as Background;
  const text = backgroundText(
    background,
    { columns: 80, colour: false },
    { relativeTo: undefined },
  );
  expect(text.split('\n').slice(1, 3)).toEqual([
    `  ${NOW}  grant.updated  ${resources.Grant.id}`,
    '        acceptance automatic → manual, by First operator',
  ]);
});

test('when what is around it cannot be read, the diagnosis is told all the same', async () => {
  const { code, stdout, stderr } = await diagnose([ids.endpoint], {
    getConnection: problem(500, 'internal_error'),
  });
  expect({ code, told: stdout.includes('works: yes') }).toEqual({ code: 0, told: true });
  expect(stderr).toContain('note: what changed lately could not be read');
});

test('when somebody changed a grant, it says what of it, and who', async () => {
  const event = {
    ...resources.Event,
    type: 'grant.updated',
    subject: { kind: 'grant', id: resources.Grant.id },
    state: { before: null, after: null },
  };
  const snapshots = {
    before: { acceptance: 'automatic', updated_at: '1' },
    after: { acceptance: 'manual', updated_at: '2' },
  };
  const made = {
    subject_id: resources.Grant.id,
    at: event.at,
    actor: resources.ApiKey.id,
    ...snapshots,
  };
  const answers = {
    listEvents: page([event]),
    listAuditEntries: page([{ ...resources.AuditEntry, ...made }]),
  };
  const { stdout } = await diagnose([ids.endpoint], answers);
  const by = `by ${resources.ApiKey.name}`;
  expect(stdout).toContain(
    `grant.updated  acceptance automatic → manual, ${by}  ${resources.Grant.id}\n`,
  );
  const hidden = { ...answers, listAuditEntries: problem(403, 'forbidden') };
  expect((await diagnose([ids.endpoint], hidden)).stdout).toContain('grant.updated  -');
});

const secretive = {
  name: 'targets',
  hop: 'target',
  observed_at: NOW,
  result: 'fail',
  evidence: 'CANARY-target-group is unhealthy for Globex.',
  next: {
    actor: 'vendor',
    action: 'CANARY: look at the target.',
    command: 'sallyport targets list',
  },
};
const theirs = {
  name: 'security_groups',
  hop: 'endpoint',
  observed_at: NOW,
  result: 'fail',
  evidence: 'sg-1 lets [nobody](http://x) in.',
  next: {
    actor: 'customer',
    action: 'Open the port.',
    command: 'aws ec2 authorize-security-group',
  },
};

test("when a reply is wanted, it has the customer's side and nothing of the vendor", async () => {
  const checks = [secretive, theirs, { ...theirs, name: 'tcp', result: 'unknown' }];
  const members = { works: 'no', turn: 'customer', checks };
  const { code, stdout, asked } = await diagnose([ids.endpoint, '--markdown'], {
    diagnoseConnection: changed('Diagnosis', members),
  });
  expect(code).toBe(7);
  expect(stdout).not.toMatch(/CANARY|Globex|sallyport/);
  expect(stdout).toContain('| Our servers are healthy | ❌ no |\n');
  expect(stdout).toContain(String.raw`❌ no: sg-1 lets \[nobody\](http://x) in.`);
  expect(stdout).toContain('* Open the port.\n\n  ```sh\n  aws ec2 authorize-security-group\n');
  expect(stdout).toContain('* Run the script that we send you');
  expect(asked).toHaveLength(1);
});

/** Of the service: told to staff alone. */
function alarmAbout(subject: string, at: number) {
  const id = resources.Event.id.replace(/.$/, String(at));
  const alarm = { kind: 'unmanaged_principal', subject };
  return { ...resources.Event, id, type: 'notice.raised', customer_id: null, alarm };
}

test('when a bundle is wanted, it is one private file, without people or secrets', async () => {
  const api = await startFakeApi({
    diagnoseConnection: changed('Diagnosis', {
      summary: `ask ada@acme.example, not sallyport_invite_${'i'.repeat(49)}`,
    }),
    listConnections: page([resources.Connection, other]),
    listEvents: page([
      alarmAbout('arn:aws:iam::444444444444:root', 1),
      alarmAbout(ids.endpoint, 2),
    ]),
  });
  const cwd = await folderWith({});
  const args = ['diagnose', ids.endpoint, '--bundle', 'ticket.json'];
  expect((await inOneProcess(args, { api, cwd })).code).toBe(0);
  const text = await fs.readFile(path.join(cwd, 'ticket.json'), 'utf8');
  expect((await fs.stat(path.join(cwd, 'ticket.json'))).mode & 0o777).toBe(0o600);
  expect(text).not.toMatch(/ada@|iiiii|vpce-0fffffffffffffff1|444444444444/);
  expect(JSON.parse(text)).toMatchObject({
    format: 'sallyport-bundle-1',
    diagnosis: { summary: 'ask [redacted], not [redacted]' },
    connection: { id: ids.connection },
    neighbours: { others: 1 },
    events: [{ alarm: { subject: '[redacted]' } }, { alarm: { subject: ids.endpoint } }],
  });
  expect((await inOneProcess(args, { api, cwd })).code).toBe(2);
});

const canary = (length: number, letters = 'CaNaRy7') => letters.repeat(length).slice(0, length);
const secrets = [
  `eyJhbGciOiJSUzI1NiJ9.eyJ${canary(40)}.${canary(80)}`,
  `X-Amz-Signature=${canary(64, 'cafe7')}&X-Amz-Security-Token=${canary(300)}%3D`,
  `X-Amz-Credential=ASIA${canary(16, 'CANARY7')}%2F20260101%2Fus-east-1`,
  `AWS4-HMAC-SHA256 Credential=x/y, SignedHeaders=host, Signature=${canary(64, 'cafe7')}`,
  `AKIA${canary(16, 'CANARY7')}`,
  `IQoJb3JpZ2luX2Vj${canary(400)}==`,
  `{"SecretAccessKey":"${canary(40)}","SessionToken": "${canary(40)}"}`,
  `aws_secret_access_key = ${canary(40)}`,
  `authorization: Bearer ${canary(20)}`,
  `sallyport_operator_${canary(49)}`,
  `sallyport_token_${canary(49)}`,
  `whsec_${canary(32)}`,
  `-----BEGIN RSA PRIVATE KEY-----\n${canary(64)}\n-----END RSA PRIVATE KEY-----`,
];

test('when evidence quotes a secret, whatever member it stands in, a bundle does not', async () => {
  const evidence = secrets.map((secret) => `before ${secret} after`);
  const [check] = resources.Diagnosis.checks;
  const hidden = { session_token: { deep: canary(20) }, note: `x ${secrets[0]} y` };
  const api = await startFakeApi({
    diagnoseConnection: changed('Diagnosis', {
      checks: evidence.map((text) => ({ ...check, evidence: text })),
      summary: evidence.join(' '),
    }),
    getCustomer: changed('Customer', { metadata: { pinned: evidence[0] } }),
    getConnection: {
      ...changed('Connection', { hidden, message: evidence.join() }),
      foreign: true,
    },
    listEvents: page([{ ...resources.Event, state: { before: secrets[4], after: secrets[9] } }]),
  });
  const cwd = await folderWith({});
  const args = ['diagnose', ids.endpoint, '--bundle', 'ticket.json'];
  expect((await inOneProcess(args, { api, cwd })).code).toBe(0);
  const text = await fs.readFile(path.join(cwd, 'ticket.json'), 'utf8');
  expect(text).not.toMatch(/CaNaRy7|CANARY7|cafe7/);
  // What is around it stays, or the evidence would say nothing.
  const { diagnosis } = JSON.parse(text) as { diagnosis: { checks: { evidence: string }[] } };
  for (const own of diagnosis.checks) expect(own.evidence).toMatch(/^before .* after$/s);
});

test.each([
  `com.amazonaws.vpce.us-east-1.${ids.awsService}`,
  'arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/api-1/0123456789abcdef',
  'The token is of another issuer: https://token.actions.example/acme, key id 1a2b3c4d5e6f7a8b',
  `sha256 ${'0123456789abcdef'.repeat(4)}`,
])('when evidence is %j, a bundle leaves it', (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test('when the customer is to be asked, the script tells what it would send', async () => {
  const api = await startFakeApi({ getPrivateDns: changed('PrivateDns', { name: 'localhost' }) });
  const { code, stdout } = await inOneProcess(['diagnose', ids.endpoint, '--ask'], { api });
  expect(code).toBe(0);
  expect(stdout).toContain(`SALLYPORT_OBSERVATION_TOKEN='${resources.ObservationToken.token}'`);
  const cwd = await folderWith({ 'ask.sh': stdout });
  const args = ['ask.sh', '--dry-run', '--no-tls', '--port', '1'];
  const told = execFileSync('sh', args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  expect(told).toContain('"name":"localhost"');
});

test('when a name could be more to a shell than a name, no script is made of it', async () => {
  const name = 'x$(touch owned)';
  const api = await startFakeApi({ getPrivateDns: changed('PrivateDns', { name }) });
  const { code, stdout } = await inOneProcess(['diagnose', ids.endpoint, '--ask'], { api });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});

const service = `com.amazonaws.vpce.us-east-1.${ids.awsService}`;
const refused =
  'An error occurred (InvalidServiceName) when calling the CreateVpcEndpoint operation: ' +
  `The Vpc Endpoint Service '${service}' does not exist`;

test.each([
  [refused, /no such service/, { services: [ids.awsService] }],
  [
    `{"VpcEndpoints":[{"VpcEndpointId":"${ids.endpoint}","State":"pendingAcceptance"}]}`,
    /waits for the vendor/,
    { endpoints: [ids.endpoint] },
  ],
  [
    `{"VpcEndpoint":{"VpcEndpointId":"${ids.endpoint}","State":"available",` +
      '"PrivateDnsEnabled":false,"OwnerId":"222222222222"}}',
    /Private DNS is off/,
    { accounts: ['222222222222'] },
  ],
  ['private-dns-enabled cannot be set because the service does not have one', /verified name/, {}],
  ['... is not authorized to perform: ec2:CreateVpcEndpoint', /policy of the customer/, {}],
  ['it has conflicting DNS domain x with the VPC', /has the private name already/, {}],
  ['The VPC endpoint service does not support the availability zone of the subnet', /zone/, {}],
  ['VpcEndpointLimitExceeded', /quota/, {}],
])('when %j is pasted, it is explained', (text, means, found) => {
  const pasted = pastedFrom(text);
  expect(pasted.explanations.map((own) => own.means).join()).toMatch(means);
  expect(pasted).toMatchObject(found);
});

test('when an error names a service and an account, it says whether that is let in', async () => {
  const text = `User: arn:aws:sts::222222222222:assumed-role/app/i: ${refused}`;
  const check = { name: 'grant', result: 'fail', evidence: 'None covers it.', next: null };
  const judged = {
    endpoint_service_id: ids.service,
    account_id: '222222222222',
    region: 'us-east-1',
    ready: 'no',
    summary: 'No grant.',
    turn: 'vendor',
    next: null,
    checks: [check],
    availability_zone_ids: [],
    observed_at: NOW,
  };
  const { code, stdout, asked } = await diagnose(['-'], { preflight: { body: judged } }, text);
  expect(asked.at(-1)).toMatchObject({
    operation: 'preflight',
    body: { endpoint_service_id: ids.awsService, account_id: '222222222222' },
  });
  expect(code).toBe(7);
  expect(stdout).toBe('No grant.\n\n✗ fail     grant  None covers it.\n\nturn: vendor\n');
});

test('when what is pasted names an endpoint, that is diagnosed', async () => {
  const text = JSON.stringify({ VpcEndpoints: [{ VpcEndpointId: ids.endpoint }] });
  expect((await diagnose(['-'], {}, text)).stdout).toContain(`${ids.endpoint} (${ids.connection})`);
});

test('when what is pasted says nothing, it says what to ask for', async () => {
  const { code, stderr } = await diagnose(['-'], {}, 'it does not work');
  expect(code).toBe(3);
  expect(stderr).toContain('Ask for the id of the endpoint');
});
