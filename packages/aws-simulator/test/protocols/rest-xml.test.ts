// REST-XML on the wire, signed by hand: paths with and without the trailing slash, bodies that do
// not fit, and the shape of errors.

import { expect, test } from 'vitest';
import { type Lab, rootKeys, startWiredLab, VENDOR } from '../lab.ts';
import { element, type RawResponse, send, signed } from '../raw.ts';

async function call(
  lab: Lab,
  method: string,
  path: string,
  { body = '', query = [] as [string, string][] } = {},
): Promise<RawResponse> {
  const raw = { method, path, query, headers: { host: 'localhost' }, body };
  const signing = { keys: rootKeys(VENDOR), service: 'route53', time: lab.now() };
  return send(lab.endpoint, signed(raw, signing));
}

function zoneId(lab: Lab): string {
  const [zone] = lab.simulator.world.hostedZones.values();
  return zone?.id ?? '';
}

function batch(changes: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">' +
    `<ChangeBatch>\n  <Changes>${changes}</Changes>\n</ChangeBatch>` +
    '</ChangeResourceRecordSetsRequest>'
  );
}

const change = (value: string) =>
  '<Change><Action>CREATE</Action><ResourceRecordSet><Name>a.vendor.example</Name>' +
  '<Type>TXT</Type><TTL>60</TTL><ResourceRecords>' +
  `<ResourceRecord><Value>${value}</Value></ResourceRecord>` +
  '</ResourceRecords></ResourceRecordSet></Change>';

test('when a path ends with a slash or not, it is the same operation', async () => {
  const lab = await startWiredLab();
  const path = `/2013-04-01/hostedzone/${zoneId(lab)}/rrset`;
  expect((await call(lab, 'GET', path)).status).toBe(200);
  expect((await call(lab, 'GET', `${path}/`)).status).toBe(200);
});

test('when a batch carries escaped text, the value arrives as meant', async () => {
  const lab = await startWiredLab();
  const path = `/2013-04-01/hostedzone/${zoneId(lab)}/rrset/`;
  const response = await call(lab, 'POST', path, { body: batch(change('&quot;a &amp; b&quot;')) });
  expect(response.status).toBe(200);
  expect(element(response.body, 'Id')).toMatch(/^\/change\/C[A-Z0-9]+$/);
  const { body } = await call(lab, 'GET', path, { query: [['name', 'a.vendor.example']] });
  expect(body).toContain('<Value>&#34;a &#38; b&#34;</Value>');
});

test('when the body does not fit, it is InvalidInput and nothing is changed', async () => {
  const lab = await startWiredLab();
  const path = `/2013-04-01/hostedzone/${zoneId(lab)}/rrset`;
  const bodies = [
    '',
    'not xml',
    '<a><b></a>',
    batch('<Change><Action>CREATE</Action></Change>'),
    batch(change('"x"').replace('<TTL>60</TTL>', '<TTL>soon</TTL>')),
    batch(change('"x"').replace('<TTL>60</TTL>', '<Ttl>60</Ttl>')),
    `<!DOCTYPE x [<!ENTITY e "v">]>${batch(change('&e;'))}`,
    batch(change('"x"').replaceAll('Change>', 'Modification>')),
  ];
  for (const body of bodies) {
    const response = await call(lab, 'POST', path, { body });
    expect([body, element(response.body, 'Code')]).toEqual([body, 'InvalidInput']);
    expect(response.status).toBe(400);
  }
  expect([...lab.simulator.world.hostedZones.values()][0]?.records.size).toBe(2);
});

test('when the root element is another one, the answer names the expected one', async () => {
  const lab = await startWiredLab();
  const path = `/2013-04-01/hostedzone/${zoneId(lab)}/rrset`;
  const body = batch(change('"x"')).replace(/.*<ChangeResourceRecordSetsRequest[^>]*>/s, '');
  const bare = body.replace('</ChangeResourceRecordSetsRequest>', '');
  const response = await call(lab, 'POST', path, { body: bare });
  expect(element(response.body, 'Code')).toBe('MalformedInput');
  expect(element(response.body, 'Message')).toBe(
    'ChangeBatch is not valid, expected ChangeResourceRecordSetsRequest',
  );
});

test('when an error is answered, it has the shape the SDK reads', async () => {
  const lab = await startWiredLab();
  const response = await call(lab, 'GET', '/2013-04-01/hostedzone/ZNONE');
  expect(response.status).toBe(404);
  const id = element(response.body, 'RequestId') ?? '';
  expect(response.body).toBe(
    '<?xml version="1.0"?>\n<ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">' +
      '<Error><Type>Sender</Type><Code>NoSuchHostedZone</Code>' +
      '<Message>No hosted zone found with ID: ZNONE</Message></Error>' +
      `<RequestId>${id}</RequestId></ErrorResponse>`,
  );
});

test('when a path is none, or not simulated, the answer says so', async () => {
  const lab = await startWiredLab();
  const nowhere = await call(lab, 'GET', '/2013-04-01/nowhere');
  expect(element(nowhere.body, 'Code')).toBe('InvalidAction');
  const healthChecks = await call(lab, 'GET', '/2013-04-01/healthcheck');
  expect(element(healthChecks.body, 'Code')).toBe('UnsupportedOperation');
});
