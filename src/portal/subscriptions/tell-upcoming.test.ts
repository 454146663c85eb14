import { expect, test } from 'vitest'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import { activeSummary } from './summary.testing.ts'
import { upcomingFor } from './tell-upcoming.ts'

const at = Temporal.Instant.from('2026-12-05T09:00:00Z')
const asked = Temporal.Instant.from('2026-11-20T09:00:00Z')
const scheduled_change = { product_name: 'Studio Basic', created_at: asked } as SubscriptionListed['scheduled_change']
const nothing = { pending_change: null, undoable_change: false, resumption: null }
const resumable = { ...nothing, resumption: { next_billing_date: at, amount: 3000, ends: false } }

type Row = Partial<SubscriptionListed>

/** Kind and date of what lies ahead, latest first. */
function ahead(row: Row, waiting = nothing as Parameters<typeof upcomingFor>[1]['waiting']) {
  const active = { status: 'active', next_billing_date: at, expires_at: null, currency: 'USD', resumes_at: null }
  const subscription = { ...active, cancel_at_next_billing_date: false, scheduled_change: null, ...row }
  const items = upcomingFor(subscription as SubscriptionListed, { summary: activeSummary, dues: [], waiting })
  return items.map((item) => [item.kind, item.at?.toString().slice(0, 10) ?? null, item.product ?? null])
}

test('a renewal, and before it the change that was asked for', () => {
  expect(ahead({ scheduled_change })).toEqual([
    ['renewal', '2026-12-05', null],
    ['change', '2026-12-05', 'Studio Basic'],
  ])
})

test('a renewal of a plan that is measured says that usage is added', () => {
  const subscription = { status: 'active', next_billing_date: at, expires_at: null, currency: 'USD' }
  const row = { ...subscription, cancel_at_next_billing_date: false, scheduled_change: null } as SubscriptionListed
  const summary = { ...activeSummary, next_amount: 0, plus_usage: true }
  expect(upcomingFor(row, { summary, dues: [], waiting: nothing })).toEqual([
    { kind: 'renewal', at, amount: 0, currency: 'USD', plus_usage: true },
  ])
})

test('a scheduled cancellation leaves the change waiting, and both can be taken back', () => {
  expect(ahead({ scheduled_change, cancel_at_next_billing_date: true })).toEqual([
    ['change_suspended', '2026-12-05', 'Studio Basic'],
    ['cancellation', '2026-12-05', null],
  ])
})

test('while it is paused only its end has a date', () => {
  const resumes_at = Temporal.Instant.from('2027-01-20T09:00:00Z')
  expect(ahead({ status: 'paused', resumes_at, scheduled_change }, resumable)).toEqual([
    ['change', null, 'Studio Basic'],
    ['resume', '2027-01-20', null],
  ])
  expect(ahead({ status: 'paused' }, resumable)).toEqual([['resume_open', null, null]])
})

test('a change that waits for its payment says when it lapses', () => {
  const expires_at = Temporal.Instant.from('2026-11-21T09:00:00Z')
  const pending_change = { product_name: 'Studio Team', expires_at, href: null }
  expect(ahead({}, { ...nothing, pending_change })).toEqual([
    ['renewal', '2026-12-05', null],
    ['change_lapses', '2026-11-21', 'Studio Team'],
  ])
})

test('the term ends where it ends before the next renewal', () => {
  expect(ahead({ expires_at: at })).toEqual([['expiry', '2026-12-05', null]])
})
