// Records of hosted zones: changing and listing them, and what the name servers answer.

import {
  GetChangeCommand as GetChange,
  type ResourceRecordSet,
  TestDNSAnswerCommand as TestAnswer,
  type TestDNSAnswerCommandInput as TestInput,
} from '@aws-sdk/client-route-53';
import type { Lab } from '../../../lab.ts';
import { pages } from '../../patterns.ts';
import {
  each,
  effect,
  expect,
  outputs,
  type Probe,
  type ProbeSet,
  probes,
  refused,
} from '../../probe.ts';
import { addressRecord, change, newZone, records, route53, vendorZone, ZONE } from './scenes.ts';

const CHANGE = 'route53:ChangeResourceRecordSets';
const LIST = 'route53:ListResourceRecordSets';
const GET_CHANGE = 'route53:GetChange';
const TEST = 'route53:TestDNSAnswer';

const SetIdentifier = 'one';
const { MaxResults: MaxItems } = pages(LIST, {
  size: 2,
  prepare: threeRecords,
  list: async (lab, _, { MaxResults }) => {
    const found = await records(lab, { MaxItems: MaxResults });
    return { ids: found.map(nameOf), nextToken: 'told by the members of the next record' };
  },
});

export const recordProbes: ProbeSet = [
  ...probes(CHANGE, {
    HostedZoneId: effect(LIST, async (lab) => {
      const { Id = '' } = await newZone(lab);
      const record = addressRecord('a', { Name: 'a.probe.example.' });
      await change(lab, 'CREATE', record, { HostedZoneId: Id, ...only(record) });
      expect(await records(lab, { HostedZoneId: Id })).toContainEqual(record);
      expect((await records(lab)).map(nameOf)).not.toContain(record.Name);
    }),
    'ChangeBatch.Comment': effect(GET_CHANGE, async (lab) => {
      const record = addressRecord('a');
      const ChangeBatch = { Comment: 'why', ...only(record).ChangeBatch };
      const { ChangeInfo } = await change(lab, 'CREATE', record, { ChangeBatch });
      const got = await route53(lab).send(new GetChange({ Id: ChangeInfo?.Id }));
      expect(got.ChangeInfo?.Comment).toBe('why');
    }),
    'ChangeBatch.Changes.Action': effect(LIST, async (lab) => {
      const record = addressRecord('a');
      await change(lab, 'CREATE', record);
      expect(await records(lab)).toContainEqual(record);
      await change(lab, 'UPSERT', { ...record, TTL: 90 });
      expect(await records(lab)).toContainEqual({ ...record, TTL: 90 });
      await change(lab, 'DELETE', { ...record, TTL: 90 });
      expect((await records(lab)).map(nameOf)).not.toContain(record.Name);
    }),
    ...ofRecordSet({
      ...each(['Name', 'Type', 'TTL', 'ResourceRecords.Value'], kept(addressRecord('a'))),
      ...each(['SetIdentifier', 'Weight'], routed({ Weight: 3 })),
      Region: routed({ Region: 'eu-west-1' }),
      'GeoLocation.ContinentCode': routed({ GeoLocation: { ContinentCode: 'EU' } }),
      ...each(
        ['GeoLocation.CountryCode', 'GeoLocation.SubdivisionCode'],
        routed({ GeoLocation: { CountryCode: 'US', SubdivisionCode: 'CA' } }),
      ),
      Failover: routed({ Failover: 'SECONDARY' }),
      MultiValueAnswer: routed({ MultiValueAnswer: true }),
      'GeoProximityLocation.LocalZoneGroup': routed({
        GeoProximityLocation: { LocalZoneGroup: 'us-east-1-bos-1', Bias: 0 },
      }),
      ...each(
        ['GeoProximityLocation.AWSRegion', 'GeoProximityLocation.Bias'],
        routed({ GeoProximityLocation: { AWSRegion: 'eu-west-1', Bias: 7 } }),
      ),
      ...each(
        ['GeoProximityLocation.Coordinates.Latitude', 'GeoProximityLocation.Coordinates.Longitude'],
        routed({
          GeoProximityLocation: { Coordinates: { Latitude: '52.5', Longitude: '13.4' }, Bias: 0 },
        }),
      ),
      ...each(
        ['AliasTarget.HostedZoneId', 'AliasTarget.DNSName', 'AliasTarget.EvaluateTargetHealth'],
        effect(LIST, async (lab) => {
          await change(lab, 'CREATE', addressRecord('target'));
          const alias: ResourceRecordSet = {
            Name: `alias.${ZONE}`,
            Type: 'A',
            AliasTarget: {
              HostedZoneId: await vendorZone(lab),
              DNSName: `target.${ZONE}`,
              EvaluateTargetHealth: true,
            },
          };
          await change(lab, 'CREATE', alias);
          expect(await records(lab)).toContainEqual(alias);
        }),
      ),
      // No account has health checks here, so AWS's own answer is that this one does not exist.
      HealthCheckId: refused('health check', (lab) =>
        change(
          lab,
          'CREATE',
          addressRecord('a', { HealthCheckId: '00000000-0000-0000-0000-000000000000' }),
        ),
      ),
      TrafficPolicyInstanceId: refused('TrafficPolicyInstanceId', (lab) =>
        change(lab, 'CREATE', addressRecord('a', { TrafficPolicyInstanceId: 'instance' })),
      ),
    }),
    ...ofRecordSet({
      'CidrRoutingConfig.CollectionId': refused('CidrRoutingConfig.CollectionId', inCidr),
      'CidrRoutingConfig.LocationName': refused('CidrRoutingConfig.LocationName', inCidr),
    }),
  }),

  ...probes(LIST, {
    HostedZoneId: effect(LIST, async (lab) => {
      const { Id } = await newZone(lab);
      const names = (await records(lab, { HostedZoneId: Id })).map(nameOf);
      expect(names).toEqual(['probe.example.', 'probe.example.']);
    }),
    MaxItems,
    StartRecordName: effect(LIST, async (lab) => {
      await threeRecords(lab);
      const from = await records(lab, { StartRecordName: `b.${ZONE}` });
      expect(from.map(nameOf)).toEqual([`b.${ZONE}`, `c.${ZONE}`]);
    }),
    StartRecordType: effect(LIST, async (lab) => {
      await threeRecords(lab);
      await change(lab, 'CREATE', text('a'));
      const start = { StartRecordName: `a.${ZONE}`, StartRecordType: 'TXT' } as const;
      const from = await records(lab, start);
      expect(from.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
        `a.${ZONE} TXT`,
        `b.${ZONE} A`,
        `c.${ZONE} A`,
      ]);
    }),
    StartRecordIdentifier: effect(LIST, async (lab) => {
      for (const id of ['one', 'two']) {
        await change(lab, 'CREATE', addressRecord('a', { SetIdentifier: id, Weight: 1 }));
      }
      const from = await records(lab, {
        StartRecordName: `a.${ZONE}`,
        StartRecordType: 'A',
        StartRecordIdentifier: 'two',
      });
      expect(from.map((record) => record.SetIdentifier)).toEqual(['two']);
    }),
  }),

  ...outputs(LIST, {
    NextRecordIdentifier: async (lab) => {
      for (const id of ['one', 'two']) {
        await change(lab, 'CREATE', addressRecord('a', { SetIdentifier: id, Weight: 1 }));
      }
      await records(lab, { StartRecordName: `a.${ZONE}`, MaxItems: 1 });
    },
  }),

  ...probes(GET_CHANGE, {
    Id: effect(GET_CHANGE, async (lab) => {
      await change(lab, 'CREATE', addressRecord('a'));
      const { ChangeInfo } = await change(lab, 'CREATE', addressRecord('b'));
      const { Id } = ChangeInfo ?? {};
      const got = await route53(lab).send(new GetChange({ Id }));
      expect(got.ChangeInfo).toMatchObject({ Id, Status: 'INSYNC' });
    }),
  }),

  ...probes(TEST, {
    HostedZoneId: answers({}, { ResponseCode: 'NOERROR', RecordData: ['192.0.2.1'] }),
    RecordName: answers({ RecordName: `b.${ZONE}` }, { ResponseCode: 'NXDOMAIN' }),
    RecordType: answers({ RecordType: 'TXT' }, { RecordData: ['"text"'] }),
    ResolverIP: refused('ResolverIP', (lab) => answer(lab, { ResolverIP: '192.0.2.53' })),
    EDNS0ClientSubnetIP: refused('EDNS0ClientSubnetIP', (lab) =>
      answer(lab, { EDNS0ClientSubnetIP: '192.0.2.53' }),
    ),
    EDNS0ClientSubnetMask: refused('EDNS0ClientSubnetMask', (lab) =>
      answer(lab, { EDNS0ClientSubnetMask: '24' }),
    ),
  }),
];

const cidr = { CollectionId: '00000000-0000-0000-0000-000000000000', LocationName: 'here' };

function inCidr(lab: Lab) {
  return change(lab, 'CREATE', addressRecord('a', { SetIdentifier, CidrRoutingConfig: cidr }));
}

function ofRecordSet(members: Readonly<Record<string, Probe>>): Record<string, Probe> {
  const path = 'ChangeBatch.Changes.ResourceRecordSet';
  return Object.fromEntries(
    Object.entries(members).map(([member, probe]) => [`${path}.${member}`, probe]),
  );
}

/** The record set is listed as it was made. */
function kept(record: ResourceRecordSet): Probe {
  return effect(LIST, async (lab) => {
    await change(lab, 'CREATE', record);
    expect(await records(lab)).toContainEqual(record);
  });
}

function routed(policy: Partial<ResourceRecordSet>): Probe {
  return kept(addressRecord('a', { SetIdentifier, ...policy }));
}

function only(ResourceRecordSet: ResourceRecordSet) {
  return { ChangeBatch: { Changes: [{ Action: 'CREATE' as const, ResourceRecordSet }] } };
}

async function threeRecords(lab: Lab): Promise<void> {
  for (const name of ['a', 'b', 'c']) await change(lab, 'CREATE', addressRecord(name));
}

function text(name: string): ResourceRecordSet {
  return addressRecord(name, { Type: 'TXT', ResourceRecords: [{ Value: '"text"' }] });
}

function answers(input: Partial<TestInput>, expected: object): Probe {
  return effect(TEST, async (lab) => {
    await change(lab, 'CREATE', addressRecord('a'));
    await change(lab, 'CREATE', text('a'));
    expect(await answer(lab, input)).toMatchObject(expected);
  });
}

async function answer(lab: Lab, input: Partial<TestInput>) {
  const HostedZoneId = await vendorZone(lab);
  const question = { HostedZoneId, RecordName: `a.${ZONE}`, RecordType: 'A' as const };
  return route53(lab).send(new TestAnswer({ ...question, ...input }));
}

function nameOf({ Name = '' }: ResourceRecordSet): string {
  return Name;
}
