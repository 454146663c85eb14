import { expect, test } from 'vitest'
import { base62, newId, newSecret } from './ids.ts'

test('an id is its prefix and 21 base62 characters', () => {
  expect(newId('customer')).toMatch(/^cus_[0-9A-Za-z]{21}$/)
})

test('ids sort by time, also across the centuries a test clock may play', () => {
  const moments = [0, 1, 1_700_000_000_000, 1_700_000_000_001, 4_102_444_800_000, 2 ** 48 - 1]
  const ids = moments.map((moment) => newId('event', moment))
  expect([...ids].sort()).toEqual(ids)
})

test('a hundred thousand ids of one millisecond are all different', () => {
  expect(new Set(Array.from({ length: 100_000 }, () => newId('event', 1_700_000_000_000))).size).toBe(100_000)
})

test('base62 keeps order and width', () => {
  expect([base62(0n, 3), base62(61n, 3), base62(62n, 3)]).toEqual(['000', '00z', '010'])
  expect(newSecret()).toMatch(/^[0-9A-Za-z]{43}$/)
})
