"""What the simulator speaks and this version of boto3 cannot say or see, from boto3's own model.

Reads the simulator's model from the file named by MODEL, prints what only newer clients reach, one
line an operation, and checks that the two models agree where both have a member.
"""

import json
import os
import unittest

import boto3
import botocore
from lab import NAMES, Vendor

# Structures contain each other; no path of the simulated operations is longer.
DEPTH = 8

KINDS = {'integer': 'number', 'long': 'number', 'float': 'number', 'double': 'number',
         'character': 'string'}

# Numbers that boto3 takes and gives as text; nobody sees the difference on the wire.
TEXT = {('route53', 'MaxItems'), ('route53', 'MaxResults')}


def members(shape, prefix='', depth=0):
    """The kind of every member of a shape by its path `A.B`; lists and maps are seen through."""
    if shape is None or depth > DEPTH:
        return {}
    if shape.type_name == 'list':
        return members(shape.member, prefix, depth)
    if shape.type_name == 'map':
        return members(shape.value, prefix, depth)
    if shape.type_name != 'structure':
        return {}
    found = {}
    for name, member in shape.members.items():
        found[prefix + name] = KINDS.get(member.type_name, member.type_name)
        found.update(members(member, f'{prefix}{name}.', depth + 1))
    return found


def outermost(missing):
    """Without what lies below something else that is missing."""
    return sorted(
        path for path in missing
        if not any(path.startswith(f'{other}.') for other in missing)
    )


def differences(service, known, spoken, paths):
    return {
        path: (known[path], spoken[path]) for path in paths
        if known[path] != spoken[path] and (service, path) not in TEXT
    }


class Reach(unittest.TestCase):
    def test_when_both_models_have_a_member_they_agree_what_it_is(self):
        with open(os.environ['MODEL'], encoding='utf8') as file:
            model = json.load(file)
        vendor = Vendor()
        print(f'reach of boto3 {boto3.__version__} (botocore {botocore.__version__}): not')
        compared = 0
        for entry in model:
            service = NAMES.get(entry['service'], entry['service'])
            operation = entry['operation']
            mine = vendor.client(service).meta.service_model
            if operation not in mine.operation_names:
                print(f'reach: {service} {operation}')
                continue
            shapes = mine.operation_model(operation)
            for side, shape in (('input', shapes.input_shape), ('output', shapes.output_shape)):
                known, spoken = members(shape), entry[side]
                missing = outermost(spoken.keys() - known.keys())
                if missing:
                    print(f'reach: {service} {operation} {side}: {", ".join(missing)}')
                both = spoken.keys() & known.keys()
                compared += len(both)
                with self.subTest(f'{service} {operation} {side}'):
                    self.assertEqual(differences(service, known, spoken, both), {})
        self.assertGreater(compared, 500)


if __name__ == '__main__':
    unittest.main()
