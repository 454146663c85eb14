import { expect, test } from 'vitest'
import { decideActivation, licenseKeyWorks, statusWhenOpened } from './license-key.ts'

const at = (text: string) => Temporal.Instant.from(text)
const end = at('2026-03-01T00:00:00Z')
const key = { status: 'active', expires_at: end, activations_limit: 2, instances_count: 1 } as const

test('a key works until its end, and not from then on', () => {
  expect(licenseKeyWorks(key, at('2026-02-28T23:59:59Z'))).toBe(true)
  expect(licenseKeyWorks(key, end)).toBe(false)
  expect(licenseKeyWorks({ ...key, expires_at: null }, end)).toBe(true)
  expect(licenseKeyWorks({ ...key, expires_at: null, status: 'disabled' }, end)).toBe(false)
})

test('a device more than the limit is refused, and so is any device of a key that does not work', () => {
  const now = at('2026-02-01T00:00:00Z')
  expect(decideActivation(key, now)).toEqual({ type: 'activate' })
  expect(decideActivation({ ...key, instances_count: 2 }, now)).toEqual({ type: 'refused', reason: 'limit_reached' })
  expect(decideActivation({ ...key, instances_count: 2, activations_limit: null }, now)).toEqual({ type: 'activate' })
  expect(decideActivation(key, end)).toEqual({ type: 'refused', reason: 'inactive' })
})

test('a key that rested past its end does not come back to life', () => {
  expect(statusWhenOpened(end, at('2026-02-28T00:00:00Z'))).toBe('active')
  expect(statusWhenOpened(end, end)).toBe('expired')
})
