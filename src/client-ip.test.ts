import { expect, test } from 'vitest'
import { clientIpReader } from './client-ip.ts'

test('without trusted proxies the header is nobody’s word', () => {
  expect(clientIpReader([])('203.0.113.9', '1.2.3.4')).toBe('203.0.113.9')
})

test('the nearest hop that no trusted proxy wrote is the client', () => {
  const read = clientIpReader(['10.0.0.0/8', '192.0.2.7'])
  expect(read('10.1.1.1', '6.6.6.6, 198.51.100.4, 192.0.2.7')).toBe('198.51.100.4')
  expect(read('203.0.113.9', '6.6.6.6')).toBe('203.0.113.9')
  expect(read('::ffff:10.1.1.1', '198.51.100.4')).toBe('198.51.100.4')
})

test('nonsense in the header ends the search', () => {
  expect(clientIpReader(['10.0.0.0/8'])('10.1.1.1', '<script>')).toBe('10.1.1.1')
  expect(clientIpReader(['10.0.0.0/8'])(undefined, undefined)).toBe('unknown')
})

test('whoever has a network of IPv6 is one, whichever of its addresses they come from', () => {
  const read = clientIpReader(['fd00::/8'])
  expect(read('2001:db8:1:2::1', undefined)).toBe('2001:db8:1:2::/64')
  expect(read('2001:db8:1:2:ffff:ffff:ffff:ffff', undefined)).toBe('2001:db8:1:2::/64')
  expect(read('fd00::7', '2001:db8:1:2:abcd::9')).toBe('2001:db8:1:2::/64')
  expect(read('2001:db8:1:3::1', undefined)).toBe('2001:db8:1:3::/64')
  expect(read('::ffff:203.0.113.9', undefined)).toBe('203.0.113.9')
})
