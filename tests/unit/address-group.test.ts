import { addressGroup } from '#shared/domain/address-group.ts';
import { expect, test } from 'vitest';

test.for([
  [
    [
      '192.0.2.7',
      '192.0.2.7:50123',
      '::ffff:192.0.2.7',
      '::FFFF:c000:207',
      '0:0:0:0:0:ffff:c000:0207',
      '64:ff9b::192.0.2.7',
      '[::ffff:192.0.2.7]:80',
    ],
    '192.0.2.7',
  ],
  [['2001:db8::1', '2001:DB8::', '2001:db8:0:0::ffff', '2001:0db8:0000:0000:1:2:3:4', '2001:db8::1:2:3:4', '[2001:db8::1]:443'], '2001:db8:0:0::/64'],
  [['fe80::1%eth0', 'fe80::2', 'FE80:0:0:0::9'], 'fe80:0:0:0::/64'],
  [['::1', '0:0:0:0:0:0:0:1', '::'], '0:0:0:0::/64'],
  [['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff', '2001:0db8::1:0:0:0:0'], '2001:db8:0:1::/64'],
] as const)('every spelling of an address counts as %s', ([spellings, group]) => {
  expect(spellings.map((text) => [text, addressGroup(text)])).toEqual(spellings.map((text) => [text, group]));
});

test.for([
  '',
  'unknown',
  'not an address',
  '256.1.1.1',
  '1.2.3',
  '1.2.3.4.5',
  'x1.2.3.4',
  '2001:db8',
  '1::2::3',
  '1:2:3:4:5:6:7:8:9',
  '::g',
  '12345::',
  ':::',
  '::ffff:1.2.3.400',
])('the text %j is nobody’s address, and all such texts count together', (text) => {
  expect(addressGroup(text)).toBe('unknown');
});
