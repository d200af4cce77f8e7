import { expect, test } from 'vitest';
import { changed, page, problem, startFakeApi } from './fake-api.ts';
import { sallyport } from './harness.ts';
import { ids, resources } from './resources.ts';

const pass = resources.Diagnosis.checks[0];
const fail = {
  name: 'private_dns',
  hop: 'dns',
  observed_at: null,
  result: 'fail',
  evidence: 'The name is not verified.',
  next: {
    actor: 'vendor',
    action: 'Verify the name.',
    command: `sallyport services private-dns get ${ids.awsService}`,
  },
};

/** Nothing changed lately, nobody else is there, and nobody is to be written to. */
const quiet = {
  listEvents: page([]),
  listConnections: page([]),
  getCustomer: problem(404, 'not_found'),
};

async function diagnose(members: object, ...args: string[]) {
  // A newer service may have words that this version does not know.
  const foreign = JSON.stringify(members).match(/perhaps|maybe/) !== null;
  const answer = { ...changed('Diagnosis', members), foreign };
  const api = await startFakeApi({ ...quiet, diagnoseConnection: answer });
  return sallyport(['diagnose', ids.endpoint, ...args], { api });
}

const { state, state_since: at } = resources.Connection;
const sinceWhen = `state: ${state} since ${at}`;

test('when it works, it says so and exits with 0', async () => {
  const { code, stdout } = await diagnose({});
  expect(code).toBe(0);
  expect(stdout).toBe(`${sinceWhen}

${ids.endpoint} (${ids.connection})
works: yes
The endpoint is available.

✓ pass     allowlist  The root is allowed.

turn: nobody
observed: 2026-11-23T12:00:00.000Z
`);
});

test('when a check fails, it exits with 7 and shows whose turn it is and the command', async () => {
  const members = { works: 'no', turn: 'vendor', next: fail.next, checks: [pass, fail] };
  const { code, stdout } = await diagnose({ ...members, summary: 'The name does not resolve.' });
  expect(code).toBe(7);
  expect(stdout).toBe(`${sinceWhen}

${ids.endpoint} (${ids.connection})
works: no
The name does not resolve.

✓ pass     allowlist    The root is allowed.
✗ fail     private_dns  The name is not verified.
                        next (vendor): Verify the name.
                          sallyport services private-dns get ${ids.awsService}

turn: vendor
next (vendor): Verify the name.
  sallyport services private-dns get ${ids.awsService}
observed: 2026-11-23T12:00:00.000Z
`);
});

test.each([
  ['unknown', [{ ...pass, result: 'unknown' }]],
  ['no', [{ ...pass, result: 'warn' }]],
  ['perhaps', [pass]],
])('when it works: %s and no check fails, it exits with 8', async (works, checks) => {
  expect((await diagnose({ works, checks })).code).toBe(8);
});

test('when a result is of a kind not known yet, it is shown and is no pass', async () => {
  const { stdout } = await diagnose({ checks: [{ ...pass, result: 'maybe' }] });
  expect(stdout).toContain('? maybe    allowlist');
});

test('when JSON is wanted, it is what the API said, with the same exit code', async () => {
  const members = { works: 'no', checks: [fail] };
  const { code, stdout } = await diagnose(members, '-o', 'json');
  expect(code).toBe(7);
  expect(JSON.parse(stdout)).toEqual({ ...resources.Diagnosis, ...members });
});

test('when an endpoint was not seen, it says what that may mean, and exits with 3', async () => {
  const unseen = { connection_id: null, works: 'no', summary: 'InvalidServiceName, it says.' };
  const api = await startFakeApi({
    diagnoseConnection: problem(404, 'not_found'),
    diagnoseEndpoint: changed('Diagnosis', unseen),
  });
  const { code, stdout, stderr } = await sallyport(['diagnose', ids.endpoint], { api });
  expect(code).toBe(3);
  expect(stdout).toContain(`${ids.endpoint} (not seen)`);
  expect(stdout).toContain('InvalidServiceName');
  expect(stderr).toContain('sallyport services list');
  expect(stderr).toContain(`sallyport wait connection ${ids.endpoint}`);
});

test('when one step mends several checks, it stands below the first of them alone', async () => {
  const unseen = ['dns', 'tcp', 'tls'].map((name) => ({ ...fail, name, result: 'unknown' }));
  const { stdout } = await diagnose({ checks: unseen });
  expect(stdout.match(/next \(vendor\)/g)).toHaveLength(1);
  expect(stdout).toMatch(/dns .*\n +next .*\n +sallyport services .*\n.* tcp .*\n.* tls /);
});

test('when the picture is wanted, it is drawn as the API has it', async () => {
  const { stdout } = await diagnose({}, '--graph');
  expect(stdout).toBe('CUSTOMER  acme\n  [ ok ]  client\n');
});

test('when an id of ours is not there, it says no more than that', async () => {
  const api = await startFakeApi({ diagnoseConnection: problem(404, 'not_found') });
  const { code, stderr } = await sallyport(['diagnose', ids.connection], { api });
  expect(code).toBe(3);
  expect(stderr).not.toContain('InvalidServiceName');
});
