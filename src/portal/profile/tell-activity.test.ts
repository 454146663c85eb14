import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tellActivity, toldActions } from './tell-activity.ts'

/** About the house, or said already by what stands beside them. */
const untold = new Set([
  'customer.erased',
  'customer.updated',
  'dunning.started',
  'invoices.purged',
  'license_key.instance_renamed',
  'subscription.amount_waived',
  'subscription.credit_moved',
  'subscription.failed',
  'subscription.offer_made',
  'subscription.plan_change_expired',
  'subscription.resubscription_opened',
  'subscription.unused_time_given_back',
])

/** Those of merchants' own things. */
const OTHERS =
  /^(?:addon|business|collection|credit_entitlement|discount|entitlement|localized_price|meter|product|settings|tax_rate|theme|webhook|emails|image|logo|cancellation_offer)\./

test('every deed that concerns a customer is told, or left out on purpose', () => {
  const written = globSync('src/core/**/*.ts').flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/action: '([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1] ?? ''),
  )
  expect(written.length).toBeGreaterThan(50)
  const missing = written.filter((action) => !OTHERS.test(action) && !untold.has(action))
  expect([...new Set(missing.filter((action) => toldActions[action] === undefined))]).toEqual([])
})

test('who did it: the customer, the business, or nobody in particular', () => {
  const at = Temporal.Instant.from('2026-03-05T09:20:00Z')
  const deed = (actor_type: string, action = 'subscription.paused') => {
    return { audit_id: 'aud_1', action, resource_id: 'sub_1', actor_type, occurred_at: at, details: {} }
  }
  const rows = tellActivity(
    [deed('customer'), deed('api_key'), deed('system'), deed('system', 'invoices.purged')],
    new Map([['sub_1', 'Studio Pro']]),
  )
  expect(rows.map(({ who, subject }) => `${who} ${subject}`)).toEqual([
    'you Studio Pro',
    'business Studio Pro',
    'automatic Studio Pro',
  ])
})
