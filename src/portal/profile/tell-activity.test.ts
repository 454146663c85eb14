import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Activity } from '#core/audit/list-activity.ts'
import type { NamedThings } from '#core/audit/name-things.ts'
import type { PaymentMethod } from '#core/payment-methods/queries.ts'
import { translator } from '#i18n/translator.ts'
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
  /^(?:addon|brand|business|collection|credit_entitlement|discount|entitlement|localized_price|meter|product|settings|short_link|tax_rate|theme|webhook|emails|image|logo|cancellation_offer)\./

test('every deed that concerns a customer is told, or left out on purpose', () => {
  const written = globSync('src/core/**/*.ts').flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/action: '([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1] ?? ''),
  )
  expect(written.length).toBeGreaterThan(50)
  const missing = written.filter((action) => !OTHERS.test(action) && !untold.has(action))
  expect([...new Set(missing.filter((action) => toldActions[action] === undefined))]).toEqual([])
})

const at = Temporal.Instant.from('2026-03-05T09:20:00Z')
const nothing = { names: new Map<string, string>(), methods: new Map(), user_agents: new Map() }
const i18n = translator('en')

const deed = (action: string, actor_type = 'customer', more: Partial<Activity> = {}): Activity => ({
  audit_id: 'aud_1',
  action,
  resource_id: 'sub_1',
  actor_type,
  occurred_at: at,
  details: {},
  ...more,
})

test('who did it: the customer, the business, or nobody in particular', () => {
  const entries = [
    deed('subscription.paused'),
    deed('subscription.paused', 'api_key'),
    deed('subscription.paused', 'system'),
    deed('subscription.on_hold', 'api_key'),
    deed('invoices.purged', 'system'),
  ]
  const rows = tellActivity(i18n, entries, { ...nothing, names: new Map([['sub_1', 'Studio Pro']]) })
  expect(rows.map(({ who, what }) => `${who}: ${what}`)).toEqual([
    'you: Studio Pro was paused',
    'business: Studio Pro was paused',
    'automatic: Studio Pro was paused',
    'null: Studio Pro was put on hold: an amount is not paid',
  ])
})

test('what happened to what: by name and amount where they are known', () => {
  const card = { type: 'card', card_network: 'visa', card_last_four: '4242', expiry_month: 12, expiry_year: 2030 }
  const things: NamedThings = {
    names: new Map([
      ['sub_1', 'Studio Pro'],
      ['pay_1', 'Studio Pro'],
      ['pdt_2', 'Studio Team'],
      ['lic_1', 'Brush Pack'],
    ]),
    methods: new Map([['pm_1', { ...card, display: null } as PaymentMethod]]),
    user_agents: new Map([['ses_1', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0']]),
  }
  const told = (action: string, more: Partial<Activity>, known = things) =>
    tellActivity(i18n, [deed(action, 'customer', more)], known)[0]
      ?.what.replaceAll(/[\u2066-\u2069]/g, '')
      .replaceAll('\u00a0', ' ')
  const paid = { resource_id: 'pay_1', details: { total_amount: 3450, currency: 'USD', error_code: null } }
  expect(told('payment.succeeded', paid)).toBe('$34.50 was paid for Studio Pro')
  expect(told('payment.succeeded', paid, nothing)).toBe('$34.50 was paid')
  expect(told('payment.failed', paid)).toBe('The payment of $34.50 for Studio Pro did not go through')
  expect(told('subscription.plan_changed', { details: { product_id: 'pdt_2' } })).toBe(
    'The plan was changed to Studio Team',
  )
  expect(told('subscription.payment_method_updated', { details: { payment_method_id: 'pm_1' } })).toBe(
    'Studio Pro is paid with Visa •••• 4242 from now on',
  )
  expect(told('license_key.activated', { resource_id: 'lic_1', details: { name: 'Studio iMac' } })).toBe(
    'The license key of Brush Pack was activated on Studio iMac',
  )
  expect(told('session.opened', { resource_id: 'ses_1' })).toBe('Signed in with Firefox on Linux')
  expect(told('session.opened', { resource_id: 'ses_2' })).toBe('Signed in')
  const wallet = { resource_id: 'cus_1', details: { amount: -500, currency: 'EUR' } }
  expect(told('wallet.adjusted', wallet)).toBe('€5.00 was taken from your wallet')
})
