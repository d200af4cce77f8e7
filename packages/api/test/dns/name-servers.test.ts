// Against name servers on loopback: 127.0.0.1 is the resolver and one of them, the others are
// beside it.

import { afterEach, describe, expect, it } from 'vitest';
import { createNameServers } from '../../src/dns/name-servers.ts';
import { startLoopbackServer, type LoopbackServer, type Records } from './loopback-server.ts';

const record = '_abc.api.vendor.example';
const never = new AbortController().signal;

const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** The domain is delegated to as many servers as there are, on 127.0.0.1 and on. */
async function delegated(...answers: Records[]) {
  const hosts = answers.map((_, index) => `ns${index + 1}.vendor.example`);
  const addresses = hosts.map((host, index) => [`A ${host}`, [`127.0.0.${index + 1}`]]);
  const delegation = { 'NS vendor.example': hosts, ...Object.fromEntries(addresses) };
  const first = await startLoopbackServer({ ...delegation, ...answers[0] });
  servers.push(first);
  const { port } = first;
  for (const [index, records] of answers.slice(1).entries()) {
    servers.push(await startLoopbackServer(records, { host: `127.0.0.${index + 2}`, port }));
  }
  return { first, port, resolvers: [`127.0.0.1:${port}`] };
}

describe('the name servers of a domain', () => {
  it('when they have the record, each tells its values, long ones in one piece', async () => {
    const long = `vpce:${'x'.repeat(240)}`;
    const at = await delegated({ [`TXT ${record}`]: ['theirs', long] }, { [`TXT ${record}`]: [] });
    const answers = await createNameServers(at).ask(record, never);
    expect(answers).toEqual([
      { where: 'ns1.vendor.example (127.0.0.1)', values: ['theirs', long], problem: null },
      { where: 'ns2.vendor.example (127.0.0.2)', values: [], problem: null },
    ]);
  });

  it('when they do not know the name, that is an answer', async () => {
    const at = await delegated({});
    const answers = await createNameServers(at).ask(record, never);
    expect(answers).toMatchObject([{ values: [], problem: null }]);
  });

  it('when the name itself is delegated, the nearest servers are asked', async () => {
    const at = await delegated({
      'NS api.vendor.example': ['ns1.vendor.example'],
      [`TXT ${record}`]: ['vpce:x'],
    });
    await createNameServers(at).ask(record, never);
    expect(at.first.asked).toContain('NS api.vendor.example');
    expect(at.first.asked).not.toContain('NS vendor.example');
  });

  it('when one refuses and one is silent, they are unknown, and the others tell', async () => {
    const silent: Records = { [`TXT ${record}`]: 'silent' };
    const refusing: Records = { [`TXT ${record}`]: 'refused' };
    const at = await delegated({ [`TXT ${record}`]: ['vpce:x'] }, refusing, silent);
    const nameServers = createNameServers({ ...at, patienceMs: 500 });
    expect(await nameServers.ask(record, never)).toMatchObject([
      { values: ['vpce:x'], problem: null },
      { values: null, problem: 'EREFUSED' },
      { values: null, problem: 'It took too long.' },
    ]);
  });

  it('when the resolver is silent, nothing is known, and soon', async () => {
    const first = await startLoopbackServer({ 'NS api.vendor.example': 'silent' });
    servers.push(first);
    const resolvers = [`127.0.0.1:${first.port}`];
    const nameServers = createNameServers({ resolvers, patienceMs: 200 });
    expect(await nameServers.ask(record, never)).toEqual([
      { where: 'the name servers of the domain', values: null, problem: 'It took too long.' },
    ]);
  });

  it('when the run ends meanwhile, the question ends too', async () => {
    const first = await startLoopbackServer({ 'NS api.vendor.example': 'silent' });
    servers.push(first);
    const ending = new AbortController();
    const answers = createNameServers({ resolvers: [`127.0.0.1:${first.port}`] }).ask(
      record,
      ending.signal,
    );
    ending.abort();
    expect(await answers).toMatchObject([{ values: null }]);
  });

  it('when nobody has the domain, that is told', async () => {
    const first = await startLoopbackServer({});
    servers.push(first);
    const nameServers = createNameServers({ resolvers: [`127.0.0.1:${first.port}`] });
    expect(await nameServers.ask(record, never)).toMatchObject([
      { values: null, problem: 'No name server was found.' },
    ]);
  });
});
