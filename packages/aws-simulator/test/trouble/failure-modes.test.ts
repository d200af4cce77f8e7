// The page about failure modes: every request on it is sent, and every name leads to a section.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CUSTOMER, type Lab, startWiredLab, VENDOR } from '../lab.ts';
import { connect, loadBalancerArn, offerService } from '../scenes.ts';

const page = readFileSync(
  new URL('../../../../docs/aws-simulator/failure-modes.md', import.meta.url),
  'utf8',
);

interface Section {
  readonly title: string;
  readonly requests: readonly string[];
}

const sections: Section[] = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({
    title: text.slice(0, text.indexOf('\n')),
    requests: [...text.matchAll(/^```text\n(.*?)^```/gms)].flatMap(([, lines = '']) =>
      lines.trim().split('\n'),
    ),
  }));

/** A world in which the placeholders of the page stand for something. */
async function scene(lab: Lab) {
  const service = await offerService(lab, { PrivateDnsName: 'api.vendor.example' });
  const endpoint = await connect(lab, service);
  const pending = await offerService(
    lab,
    { NetworkLoadBalancerArns: [loadBalancerArn(lab, 'api-2')], AcceptanceRequired: false },
    [`arn:aws:iam::${CUSTOMER}:root`],
  );
  const accepted = await connect(lab, pending);
  const zone = [...lab.simulator.world.hostedZones.values()].find(
    ({ account }) => account === VENDOR,
  );
  // Only an endpoint that is pending can fail.
  return (body: string, path: string) =>
    body
      .replaceAll('vpce-svc-…', service.id)
      .replaceAll('vpce-…', idOf(path === 'endpoint-failures' ? accepted : endpoint))
      .replaceAll('arn:aws:elasticloadbalancing:…', loadBalancerArn(lab))
      .replaceAll('Z…', zone?.id ?? '');
}

function idOf({ VpcEndpointId = '' }: { readonly VpcEndpointId?: string | undefined }): string {
  return VpcEndpointId;
}

test('when the page is read, each name in its table leads to a section', () => {
  const anchors = new Set(sections.map(({ title }) => title.toLowerCase().replaceAll(' ', '-')));
  const named = [...page.matchAll(/^\| \[[^\]]+\]\(#([^)]+)\)/gm)].map(([, anchor]) => anchor);
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((anchor) => !anchors.has(anchor ?? ''))).toEqual([]);
  expect(anchors.size).toBe(new Set(named).size);
});

test.each(sections)('when the requests under "$title" are sent, each is done', async (section) => {
  const lab = await startWiredLab();
  const filled = await scene(lab);
  expect(section.requests.length).toBeGreaterThan(0);
  for (const request of section.requests) {
    const [, method = '', path = '', body] = /^([A-Z]+) (\S+)(?: (\{.*\}))?$/.exec(request) ?? [];
    const response = await fetch(`${lab.endpoint}/_simulator/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: filled(body, path) }),
    });
    expect(`${request} ${response.status} ${await response.text()}`).toMatch(/ 200 \{/);
  }
});
