import { expect, test } from 'vitest'
import { decideDecline } from './grace.ts'

const now = Temporal.Instant.from('2026-01-31T09:00:00Z')
const off = { grace_period: false, grace_period_days: 3, grace_period_action: 'on_hold' } as const
const running = { cancel_at_next_billing_date: false }

test('without grace, on hold', () => {
  expect(decideDecline(running, off, now)).toEqual({ type: 'on_hold' })
})

test('three days from 31 January 09:00 end on 3 February 09:00, and how they end is said now', () => {
  const cancels = { ...off, grace_period: true, grace_period_action: 'cancel_subscription' } as const
  expect(decideDecline(running, cancels, now)).toEqual({
    type: 'past_due',
    ends_at: Temporal.Instant.from('2026-02-03T09:00:00Z'),
    action: 'cancel_subscription',
  })
})

test('a cancellation that was scheduled needs no grace', () => {
  expect(decideDecline({ cancel_at_next_billing_date: true }, { ...off, grace_period: true }, now)).toEqual({
    type: 'cancel',
  })
})
