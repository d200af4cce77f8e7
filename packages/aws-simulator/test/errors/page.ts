// The page for readers who know AWS and not this code.

import { serviceNames } from '../../src/services/service.ts';
import { queryCode } from './documented.ts';
import type { Row } from './ledger.ts';
import { neverGiven } from './never-given.ts';
import type { Sighting } from './sightings.ts';
import { sourcesOf } from './sources.ts';

export interface Seen {
  readonly row: Row;
  readonly sightings: readonly Sighting[];
}

const head = `# The errors of the AWS simulator

<!-- Written by the tests. To write it anew:
     ERRORS=write npx vitest run packages/aws-simulator/test/errors -->

Made by running, not by hand: each code below was seen through the AWS SDK for JavaScript as the
\`name\` of the error, from each operation that is named, or as the code of an item in the
\`Unsuccessful\` or \`Failed\` of an answer. The test that saw it is in the file of
[test/errors/rows](../../packages/aws-simulator/test/errors/rows) that is named last. "Every" is
every operation of the service. A call with failed items has succeeded, which is why its status is
200. A knob decides where AWS does not say which code it is: see
[the settings](settings.md). The [faults](admin-api.md) of the admin API give any code at all.
`;

export function errorPage(seen: readonly Seen[]): string {
  const parts = serviceNames.map((service) =>
    servicePart(
      service,
      seen.filter(({ row }) => row.service === service),
    ),
  );
  return [head, ...parts, neverPart()].join('\n');
}

function servicePart(service: string, seen: readonly Seen[]): string {
  const codes = [...new Set(seen.map(({ row }) => row.code))].toSorted();
  const lines = codes.flatMap((code) => {
    const places = Map.groupBy(
      seen.filter(({ row }) => row.code === code),
      ({ sightings }) => sightings.some(({ item }) => item),
    );
    return [...places].map(([item, group]) => codeLine(group, item ? 'item' : 'call'));
  });
  const operations = new Set(seen.map(({ row }) => row.operation));
  operations.delete('*');
  return `## ${service}

${codes.length} codes, seen from ${operations.size} operations.

| code | HTTP status | where | operations | source | seen in |
| --- | --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
}

function codeLine(seen: readonly Seen[], place: string): string {
  const rows = seen.map(({ row }) => row);
  const { service = '', code = '' } = rows[0] ?? ({} as Partial<Row>);
  const sightings = seen.flatMap((one) => one.sightings);
  const inQuery = queryCode(service, code);
  const cells = [
    inQuery === code ? `\`${code}\`` : `\`${code}\` (in AWS Query: \`${inQuery}\`)`,
    list(sightings.map(({ status }) => String(status))),
    place,
    list(rows.map(({ operation }) => (operation === '*' ? 'every' : operation))),
    list(rows.flatMap(sourcesOf)),
    list(rows.map(({ file }) => file)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function neverPart(): string {
  const reasons = Map.groupBy(Object.entries(neverGiven), ([, reason]) => reason);
  const lines = [...reasons].map(([reason, entries]) => {
    const places = entries.map(([place]) => {
      const [operation = '', code = ''] = place.split(' ');
      return `${operation.replace(':*', '')} \`${code}\``;
    });
    return `* ${reason}: ${list(places)}`;
  });
  return `## Documented, and never given

What AWS documents and the simulator does not give by itself; a fault gives it all the same.

${lines.toSorted().join('\n')}
`;
}

function list(values: readonly string[]): string {
  return [...new Set(values)].toSorted().join(', ');
}
