// V4: what a merchant's address may lead to.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { egressOf } from '#src/egress.ts'

const outside = egressOf('live', 'https://billing.linden.example', [])

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.8.8.8',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '4000::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  'localhost',
  '',
])('%s is not of the outside', (address) => {
  expect(outside.allows(address)).toBe(false)
})

test.each(['1.1.1.1', '93.184.215.14', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::200e', '::ffff:1.1.1.1'])(
  '%s is',
  (address) => {
    expect(outside.allows(address)).toBe(true)
  },
)

test('nothing that IPv6 can wrap a private IPv4 address in gets through', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(fc.constantFrom('::', '::ffff:', '64:ff9b::'), octet, octet, octet, (prefix, a, b, c) => {
      expect(outside.allows(`${prefix}10.${a}.${b}.${c}`)).toBe(false)
    }),
    { numRuns: 200 },
  )
})

test('the operator may open a range of the house', () => {
  const opened = egressOf('live', 'https://billing.linden.example', ['10.1.0.0/16', 'fd12::7', '192.168.3.4'])
  const asked = ['10.1.255.1', '10.2.0.1', 'fd12::7', 'fd12::8', '192.168.3.4', '192.168.3.5', '::ffff:10.1.0.9']
  expect(asked.filter(opened.allows)).toEqual(['10.1.255.1', 'fd12::7', '192.168.3.4', '::ffff:10.1.0.9'])
})

test('loopback is open in test mode on a developer’s machine, and nowhere else', () => {
  const home = egressOf('test', 'http://localhost:3000', [])
  expect(['127.0.0.1', '::1', '10.0.0.1', '169.254.169.254'].filter(home.allows)).toEqual(['127.0.0.1', '::1'])
  const served = egressOf('test', 'https://test.linden.example', [])
  const live = egressOf('live', 'http://localhost:3000', [])
  for (const egress of [served, live]) expect(egress.allows('127.0.0.1')).toBe(false)
})
