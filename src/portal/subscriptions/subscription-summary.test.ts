import { expect, test } from 'vitest'
import { translator } from '#i18n/translator.ts'
import { nextStep, priceOf, type SubscriptionSummary } from './subscription-summary.tsx'
import { activeSummary } from './summary.testing.ts'

const en = translator('en')
const on = (date: string) => Temporal.Instant.from(`${date}T09:00:00Z`)
const december = on('2026-12-05')

test.each<[string, Partial<SubscriptionSummary>]>([
  ['Renews on December 5, 2026 for $30.00.', {}],
  ['Renews on December 5, 2026 for $30.00 plus usage.', { plus_usage: true }],
  ['Changes to Basic on December 5, 2026, for $10.00.', { scheduled_plan: 'Basic', next_amount: 1000 }],
  ['Your trial runs until December 5, 2026; then you pay $30.00.', { trial_ends_at: december }],
  ['Ends on December 5, 2026. Nothing more is charged.', { cancel_at_next_billing_date: true }],
  ['Runs until December 5, 2026 and does not renew.', { next_amount: null }],
  ['Charged only when something is due. No payment is planned.', { on_demand: true, next_amount: null }],
  ['The payment for the time from December 5, 2026 on is under way.', { renewing: true }],
  [
    'Paused until January 20, 2027. Nothing is charged before that.',
    { status: 'paused', resumes_at: on('2027-01-20') },
  ],
  ['Paused. Nothing is charged until it resumes.', { status: 'paused' }],
  [
    'A payment is due. You keep your access until December 8, 2026; unpaid, it is put on hold then.',
    { status: 'past_due', past_due_ends_at: on('2026-12-08'), past_due_action: 'on_hold' },
  ],
  [
    'A payment is due. You keep your access until December 8, 2026; unpaid, the subscription is cancelled then.',
    { status: 'past_due', past_due_ends_at: on('2026-12-08'), past_due_action: 'cancel_subscription' },
  ],
  ['On hold since December 5, 2026, until the open amount is paid.', { status: 'on_hold', on_hold_at: december }],
  ['Cancelled on December 5, 2026.', { status: 'cancelled', cancelled_at: december }],
  ['Ended on December 5, 2026.', { status: 'expired', expires_at: december }],
  ['Starts as soon as the first payment is confirmed.', { status: 'pending' }],
])('%s', (said, change) => {
  const plain = nextStep(en, { ...activeSummary, ...change }).replaceAll(/[\u2066-\u2069]/g, '')
  expect(plain).toBe(said)
})

test('what is charged on demand has no price of a period', () => {
  expect(priceOf(en, { ...activeSummary, on_demand: true })).toBe('Charged as agreed')
  expect(priceOf(en, activeSummary)).toContain('$30.00')
})
