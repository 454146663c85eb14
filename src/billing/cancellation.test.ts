import { expect, test } from 'vitest'
import { decideCancellation } from './cancellation.ts'

const next_billing_date = Temporal.Instant.from('2027-02-03T00:00:00Z')
const active = { status: 'active', next_billing_date, cancel_at_next_billing_date: false } as const

test('an active subscription may end at its next billing date, and stays as it is until then', () => {
  expect(decideCancellation(active, 'at_next_billing_date')).toEqual({ type: 'schedule', at: next_billing_date })
})

test('asking twice changes nothing', () => {
  const scheduled = { ...active, cancel_at_next_billing_date: true }
  expect(decideCancellation(scheduled, 'at_next_billing_date')).toEqual({ type: 'unchanged' })
  expect(decideCancellation(scheduled, 'now')).toEqual({ type: 'cancel' })
})

test.each(['on_hold', 'paused', 'past_due'] as const)('%s: the next billing date means now', (status) => {
  expect(decideCancellation({ ...active, status }, 'at_next_billing_date')).toEqual({ type: 'cancel' })
})

test.each(['pending', 'cancelled', 'expired', 'failed'] as const)('%s: there is nothing to cancel', (status) => {
  expect(decideCancellation({ ...active, status }, 'now')).toEqual({ type: 'refused', reason: 'not_running' })
})
