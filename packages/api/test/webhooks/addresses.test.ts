import { expect, it } from 'vitest';
import { isPublic } from '../../src/webhooks/addresses.ts';

it.each([
  ['this host', '0.0.0.0'],
  ['private', '10.1.2.3'],
  ['shared', '100.64.0.1'],
  ['loopback', '127.0.0.1'],
  ['loopback', '127.255.255.254'],
  ['the metadata of EC2', '169.254.169.254'],
  ['the metadata of ECS', '169.254.170.2'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.1.1'],
  ['benchmarks', '198.18.0.1'],
  ['documentation', '203.0.113.7'],
  ['multicast', '224.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::'],
  ['loopback', '::1'],
  ['loopback, mapped', '::ffff:127.0.0.1'],
  ['private, mapped', '::ffff:a00:1'],
  ['public, mapped', '::ffff:8.8.8.8'],
  ['translated', '64:ff9b::7f00:1'],
  ['6to4', '2002:7f00:1::'],
  ['Teredo', '2001:0:7f00:1::'],
  ['documentation', '2001:db8::1'],
  ['unique local, as the metadata of EC2', 'fd00:ec2::254'],
  ['link-local', 'fe80::1'],
  ['link-local with its zone', 'fe80::1%eth0'],
  ['multicast', 'ff02::1'],
  ['not an address', '2130706433'],
  ['not an address', 'localhost'],
])('when it is %s (%s), it is not public', (_, address) => {
  expect(isPublic(address)).toBe(false);
});

it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
  'when it is %s, it is public',
  (address) => {
    expect(isPublic(address)).toBe(true);
  },
);
