"""Route 53: records as they are stored, changes on their way, and every refusal by its code."""

import unittest

from lab import Customer, Vendor, refusal, until
from tables import Case, play, stripped


def record(name, value='"a"', kind='TXT', ttl=60):
    return {'Name': name, 'Type': kind, 'TTL': ttl, 'ResourceRecords': [{'Value': value}]}


class Scene:
    """A zone with one TXT record, `here`."""

    def __init__(self):
        self.vendor = Vendor()
        self.zone = self.vendor.zone_name
        self.zone_id = self.vendor.zone_id()
        self.here = f'here.{self.zone}'
        self.change('CREATE', record(self.here))

    def change(self, action, *records, zone_id=None):
        changes = [{'Action': action, 'ResourceRecordSet': one} for one in records]
        return self.vendor.route53.change_resource_record_sets(
            HostedZoneId=zone_id or self.zone_id, ChangeBatch={'Changes': changes}
        )['ChangeInfo']

    def list(self, **parameters):
        return self.vendor.route53.list_resource_record_sets(
            HostedZoneId=parameters.pop('HostedZoneId', self.zone_id), **parameters
        )

    def create_zone(self, name='new.example', reference='r', **parameters):
        return self.vendor.route53.create_hosted_zone(
            Name=name, CallerReference=reference, **parameters
        )

    def look(self):
        route53 = self.vendor.route53
        return [stripped(self.list()), stripped(route53.list_hosted_zones())]


def change_of_another_account():
    scene = Scene()
    return scene.change('UPSERT', record(scene.here))['Id']


CHANGES = [
    Case('a zone that is not there', 'NoSuchHostedZone',
         lambda s: s.change('CREATE', record(s.here), zone_id='Z0123456789ABCDEFGHIJ')),
    Case("another account's zone", 'NoSuchHostedZone',
         lambda s: s.change('CREATE', record(s.here), zone_id=Vendor().zone_id())),
    Case('a record that is there', 'InvalidChangeBatch',
         lambda s: s.change('CREATE', record(s.here)), 'but it already exists'),
    Case('a good record and one that is there', 'InvalidChangeBatch',
         lambda s: s.change('CREATE', record(f'new.{s.zone}'), record(s.here))),
    Case('a deletion with another value', 'InvalidChangeBatch',
         lambda s: s.change('DELETE', record(s.here, '"b"')), 'do not match the current values'),
    Case('a deletion of what is not there', 'InvalidChangeBatch',
         lambda s: s.change('DELETE', record(f'absent.{s.zone}')), 'but it was not found'),
    Case('a deletion twice in a batch', 'InvalidChangeBatch',
         lambda s: s.change('DELETE', record(s.here), record(s.here))),
    Case('a name of another zone', 'InvalidChangeBatch',
         lambda s: s.change('CREATE', record('a.elsewhere.example')), 'is not permitted in zone'),
    Case('a TXT value without quotes', 'InvalidChangeBatch',
         lambda s: s.change('UPSERT', record(s.here, 'bare'))),
    Case('a TXT string of 256', 'InvalidChangeBatch',
         lambda s: s.change('UPSERT', record(s.here, f'"{"x" * 256}"'))),
    Case('a CNAME beside another record', 'InvalidChangeBatch',
         lambda s: s.change('CREATE', record(s.here, 'a.example', 'CNAME'))),
    Case('an action that is none', 'InvalidInput',
         lambda s: s.change('REPLACE', record(s.here))),
    Case('a type that is none', 'InvalidInput',
         lambda s: s.change('CREATE', record(s.here, kind='TEXT'))),
]

ZONES = [
    Case('a change that is not there', 'NoSuchChange',
         lambda s: s.vendor.route53.get_change(Id='C0123456789ABCDEFGHIJ')),
    Case("another account's change", 'NoSuchChange',
         lambda s: s.vendor.route53.get_change(Id=change_of_another_account())),
    Case('a zone that is not there', 'NoSuchHostedZone',
         lambda s: s.vendor.route53.get_hosted_zone(Id='Z0123456789ABCDEFGHIJ')),
    Case('records of a zone that is not there', 'NoSuchHostedZone',
         lambda s: s.list(HostedZoneId='Z0123456789ABCDEFGHIJ')),
    Case('records from a type without a name', 'InvalidInput',
         lambda s: s.list(StartRecordType='TXT')),
    Case('zones from an id without a name', 'InvalidInput',
         lambda s: s.vendor.route53.list_hosted_zones_by_name(HostedZoneId='Z1')),
    Case('a reference that was used', 'HostedZoneAlreadyExists',
         lambda s: s.create_zone(reference=s.vendor.route53.list_hosted_zones()[
             'HostedZones'][0]['CallerReference'])),
    Case('a zone name that is none', 'InvalidDomainName', lambda s: s.create_zone('a..example')),
    Case("a private zone in another account's VPC", 'InvalidVPCId',
         lambda s: s.create_zone(VPC={'VPCRegion': 'us-east-1', 'VPCId': Customer().vpcs()[0]})),
]


class Names(unittest.TestCase):
    def test_when_records_are_changed_wrongly_it_is_refused_and_none_is_changed(self):
        play(self, CHANGES, Scene())

    def test_when_zones_are_asked_wrongly_it_is_refused(self):
        play(self, ZONES, Scene())

    def test_when_a_record_is_stored_its_name_is_lower_case_and_its_value_is_kept(self):
        scene = Scene()
        scene.change('CREATE', record(f'Mixed.{scene.zone}', r'"a & <b>" "two; \"quoted\""'))
        found = scene.list(StartRecordName=f'mixed.{scene.zone}', MaxItems='1')
        self.assertEqual(found['ResourceRecordSets'], [
            record(f'mixed.{scene.zone}.', r'"a & <b>" "two; \"quoted\""')
        ])

    def test_when_a_record_is_changed_the_change_is_pending_and_then_in_sync(self):
        scene = Scene()
        change = scene.change('UPSERT', record(scene.here, '"new"'))
        self.assertTrue(change['Id'].startswith('/change/C'))
        self.assertEqual(change['Status'], 'PENDING')
        states = until(
            lambda: scene.vendor.route53.get_change(Id=change['Id'])['ChangeInfo']['Status'],
            'INSYNC',
        )
        self.assertEqual(states, ['PENDING', 'INSYNC'])

    def test_when_a_record_is_upserted_it_replaces_every_value(self):
        scene = Scene()
        both = record(scene.here)
        both['ResourceRecords'].append({'Value': '"b"'})
        scene.change('UPSERT', both)
        scene.change('UPSERT', record(scene.here, '"c"'))
        found = scene.list(StartRecordName=scene.here, StartRecordType='TXT', MaxItems='1')
        self.assertEqual(found['ResourceRecordSets'][0]['ResourceRecords'], [{'Value': '"c"'}])


if __name__ == '__main__':
    unittest.main()
